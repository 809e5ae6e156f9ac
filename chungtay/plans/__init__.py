"""Plans, their targets and the households behind them."""
