"""Charts: Vega-Lite specs as data, drawn as pictures by a child process that ends."""
