"""What the vendor takes for an e-mail address. Whether anybody has it is another matter."""


def is_address(text: str) -> bool:
    local, at, domain = text.strip().partition("@")
    return bool(local and at and domain) and "@" not in domain and " " not in text.strip()
