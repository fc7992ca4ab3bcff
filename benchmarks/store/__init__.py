"""What the store costs as it grows: announcements made from a seed, and its calls measured inside the process."""
