"""What is due, from which post, by when; other rooms open tasks, this one knows none of them."""
