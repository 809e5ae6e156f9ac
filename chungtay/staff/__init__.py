"""People, posts, roles; the one policy: may this post do this here, on this date."""
