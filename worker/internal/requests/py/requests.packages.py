"""requests.packages.urllib3 is urllib3."""
import urllib3
