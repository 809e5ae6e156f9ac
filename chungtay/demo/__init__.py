"""The made-up families and accounts of the demonstration, and how they are loaded."""
