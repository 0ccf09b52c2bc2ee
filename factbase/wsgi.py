"""The WSGI application; in production it refuses what is not safe to serve."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factbase.settings")

application = get_wsgi_application()

if settings.IS_PRODUCTION:
    from factbase.checks import refuse_unsafe_production  # needs Django set up

    refuse_unsafe_production()
