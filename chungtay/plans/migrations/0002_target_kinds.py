"""Targets of every kind: what was a count of poor or near-poor households keeps its numbers."""

import django.db.models.deletion
from django.db import migrations, models


def say_what_is_counted(apps, schema_editor):
    """The populations kept so far become codes; they counted the households of their class."""
    targets = apps.get_model("plans", "PlanTarget")
    for position, code in enumerate(("poor", "near_poor")):
        targets.objects.filter(code=code).update(classes=code, position=position)


def nothing_to_say(apps, schema_editor):
    """The way back: the codes are the populations again."""


class Migration(migrations.Migration):

    dependencies = [
        ("places", "0001_initial"),
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint("plantarget", "one_target_per_population"),
        migrations.RenameField("plantarget", "population", "code"),
        migrations.AlterField("plantarget", "code", models.CharField("tên ô", max_length=40)),
        migrations.CreateModel(
            name='PlannedLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='tên ô')),
                ('position', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                ('purpose', models.CharField(max_length=200, verbose_name='nội dung chi')),
                ('project', models.CharField(blank=True, max_length=120, verbose_name='dự án của chương trình')),
                ('amount_vnd', models.PositiveBigIntegerField(verbose_name='số tiền, đồng')),
                ('capital', models.CharField(blank=True, choices=[('investment', 'vốn đầu tư'), ('recurrent', 'vốn sự nghiệp')], max_length=10, verbose_name='loại vốn')),
                ('source', models.CharField(choices=[('central_budget', 'ngân sách trung ương'), ('province_budget', 'ngân sách tỉnh'), ('district_budget', 'ngân sách huyện'), ('commune_budget', 'ngân sách xã'), ('mobilised', 'xã hội hóa'), ('integrated', 'lồng ghép các chương trình mục tiêu quốc gia')], max_length=20, verbose_name='nguồn')),
                ('stage', models.CharField(choices=[('expected', 'dự kiến'), ('assigned', 'được giao')], max_length=10, verbose_name='bước')),
                ('organiser', models.CharField(blank=True, max_length=120, verbose_name='đơn vị chủ trì')),
            ],
        ),
        migrations.CreateModel(
            name='PlannedNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='tên ô')),
                ('what', models.CharField(max_length=120, verbose_name='nhu cầu')),
                ('amount_vnd', models.PositiveBigIntegerField(verbose_name='kinh phí, đồng')),
                ('cap_vnd', models.PositiveBigIntegerField(null=True, verbose_name='không vượt quá, đồng')),
                ('source', models.CharField(choices=[('central_budget', 'ngân sách trung ương'), ('province_budget', 'ngân sách tỉnh'), ('district_budget', 'ngân sách huyện'), ('commune_budget', 'ngân sách xã'), ('mobilised', 'xã hội hóa'), ('integrated', 'lồng ghép các chương trình mục tiêu quốc gia')], max_length=20, verbose_name='nguồn')),
                ('organiser', models.CharField(blank=True, max_length=160, verbose_name='đơn vị vận động')),
            ],
        ),
        migrations.CreateModel(
            name='PlanPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                ('opening', models.PositiveIntegerField(null=True, verbose_name='đầu kỳ')),
                ('reduction', models.PositiveIntegerField(null=True, verbose_name='phần được giao')),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='plantarget',
            name='no_reduction_above_opening',
        ),
        migrations.AddField(
            model_name='plan',
            name='standard',
            field=models.CharField(blank=True, max_length=60, verbose_name='chuẩn riêng của tỉnh'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='age_from',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='từ tuổi'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='age_to',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='đến tuổi'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='aim',
            field=models.CharField(blank=True, max_length=300, verbose_name='nội dung chỉ tiêu'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='assigned_by',
            field=models.CharField(blank=True, max_length=160, verbose_name='văn bản giao chỉ tiêu'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='base_classes',
            field=models.CharField(blank=True, max_length=60, verbose_name='diện của số gốc'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='base_count',
            field=models.PositiveIntegerField(null=True, verbose_name='số gốc'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='base_from',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='số gốc từ năm'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='base_on',
            field=models.DateField(null=True, verbose_name='số gốc tại ngày'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='base_reach',
            field=models.CharField(blank=True, choices=[('this_year', 'riêng năm nay'), ('cumulative', 'lũy kế từ đầu giai đoạn')], max_length=10, verbose_name='tính'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='base_said',
            field=models.CharField(blank=True, max_length=160, verbose_name='số gốc theo câu văn'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='base_subclass',
            field=models.CharField(blank=True, max_length=1, verbose_name='loại A, B của số gốc'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='base_to',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='số gốc đến năm'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='classes',
            field=models.CharField(blank=True, max_length=60, verbose_name='các diện'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='comparator',
            field=models.CharField(choices=[('exactly', 'đúng bằng'), ('at_least', 'ít nhất'), ('over', 'trên'), ('about', 'khoảng'), ('between', 'từ … đến …')], default='exactly', max_length=10, verbose_name='so sánh'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='counted',
            field=models.CharField(choices=[('household', 'hộ'), ('person', 'người'), ('child', 'trẻ em'), ('worker', 'người lao động'), ('poverty_officer', 'cán bộ làm công tác giảm nghèo')], default='household', max_length=20, verbose_name='đếm gì'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='dimension',
            field=models.CharField(blank=True, max_length=60, verbose_name='chiều thiếu hụt'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='group',
            field=models.CharField(blank=True, max_length=30, verbose_name='riêng một dân tộc'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='indicator',
            field=models.CharField(blank=True, max_length=30, verbose_name='chỉ số thiếu hụt'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='measure',
            field=models.CharField(choices=[('count', 'số hộ'), ('rate', 'tỷ lệ'), ('points', 'điểm phần trăm'), ('share', 'phần của một số gốc'), ('coverage', 'mức bao phủ')], default='count', max_length=10, verbose_name='đo bằng'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='part_of',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='plans.plantarget'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='registered_need',
            field=models.BooleanField(default=False, verbose_name='có nhu cầu đã đăng ký'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='subclass',
            field=models.CharField(blank=True, max_length=1, verbose_name='loại A, B'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='value',
            field=models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name='số hứa'),
        ),
        migrations.AddField(
            model_name='plantarget',
            name='value_to',
            field=models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name='đến số'),
        ),
        migrations.AlterField(
            model_name='plantarget',
            name='opening',
            field=models.PositiveIntegerField(null=True, verbose_name='đầu năm'),
        ),
        migrations.AlterField(
            model_name='plantarget',
            name='reduction',
            field=models.PositiveIntegerField(null=True, verbose_name='giảm trong năm'),
        ),
        migrations.AddConstraint(
            model_name='plantarget',
            constraint=models.UniqueConstraint(fields=('plan', 'code'), name='one_target_per_code'),
        ),
        migrations.AddConstraint(
            model_name='plantarget',
            constraint=models.CheckConstraint(condition=models.Q(('opening', None), ('reduction', None), ('reduction__lte', models.F('opening')), _connector='OR'), name='no_reduction_above_opening'),
        ),
        migrations.AddConstraint(
            model_name='plantarget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('measure', 'count'), ('reduction__isnull', False), ('value', None)), models.Q(models.Q(('measure', 'count'), _negated=True), ('reduction', None), ('value__isnull', False)), _connector='OR'), name='a_target_has_its_number'),
        ),
        migrations.AddConstraint(
            model_name='plantarget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('measure', 'share'), _negated=True), models.Q(models.Q(('base_on__isnull', False), models.Q(('base_from__isnull', False), ('base_to__isnull', False)), _connector='OR'), models.Q(('base_classes', ''), _negated=True), models.Q(('base_reach', ''), _negated=True), ('base_count__isnull', False)), _connector='OR'), name='a_share_names_its_base'),
        ),
        migrations.AddConstraint(
            model_name='plantarget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('comparator', 'between'), ('value_to__gt', models.F('value')), ('value_to__isnull', False)), models.Q(models.Q(('comparator', 'between'), _negated=True), ('value_to', None)), _connector='OR'), name='a_range_has_two_ends'),
        ),
        migrations.AddConstraint(
            model_name='plantarget',
            constraint=models.CheckConstraint(condition=models.Q(('subclass', ''), ('classes', 'poor'), _connector='OR'), name='only_the_poor_are_a_or_b'),
        ),
        migrations.AddConstraint(
            model_name='plantarget',
            constraint=models.CheckConstraint(condition=models.Q(('value', None), models.Q(('value__gte', 0), ('value__lte', 100)), _connector='OR'), name='a_share_is_at_most_the_whole'),
        ),
        migrations.AddField(
            model_name='plannedline',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='plans.plan'),
        ),
        migrations.AddField(
            model_name='plannedneed',
            name='row',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='plans.planhousehold'),
        ),
        migrations.AddField(
            model_name='planpart',
            name='target',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='plans.plantarget'),
        ),
        migrations.AddField(
            model_name='planpart',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_parts', to='places.unit'),
        ),
        migrations.AddConstraint(
            model_name='plannedline',
            constraint=models.UniqueConstraint(fields=('plan', 'code'), name='one_line_per_code'),
        ),
        migrations.AddConstraint(
            model_name='plannedneed',
            constraint=models.UniqueConstraint(fields=('row', 'code'), name='one_need_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='plannedneed',
            constraint=models.CheckConstraint(condition=models.Q(('cap_vnd', None), ('amount_vnd__lte', models.F('cap_vnd')), _connector='OR'), name='no_need_above_its_cap'),
        ),
        migrations.AddConstraint(
            model_name='planpart',
            constraint=models.UniqueConstraint(fields=('target', 'unit'), name='one_part_per_unit'),
        ),
        migrations.AddConstraint(
            model_name='planpart',
            constraint=models.CheckConstraint(condition=models.Q(('opening__isnull', False), ('reduction__isnull', False), _connector='OR'), name='a_part_has_a_number'),
        ),
        migrations.AddConstraint(
            model_name='planpart',
            constraint=models.CheckConstraint(condition=models.Q(('opening', None), ('reduction', None), ('reduction__lte', models.F('opening')), _connector='OR'), name='no_part_above_its_opening'),
        ),
        migrations.RunPython(say_what_is_counted, nothing_to_say),
    ]
