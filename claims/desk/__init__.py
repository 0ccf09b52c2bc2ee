"""The pages of people with a desk beside the admin: the queue, a review, one's own work."""
