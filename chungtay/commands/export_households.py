"""``chungtay export households``: the register of a place into Excel or CSV, through the one door."""
