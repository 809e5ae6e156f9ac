"""``chungtay export households``: the register of a place into Excel or CSV, by the one door."""
