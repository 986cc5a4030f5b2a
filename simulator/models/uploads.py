"""Files that wait for their owner to choose which feeder of theirs is stored."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone

KEPT = timedelta(days=1)
MAX_WAITING = 5  # of one person; older ones make way


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploaded files."""

    def keep(self, owner: User, file_name: str, content: bytes) -> "Upload":
        """Store a file; what has waited for a day goes, and what is beyond a person's newest few."""
        with transaction.atomic():
            self.filter(created__lt=timezone.now() - KEPT).delete()
            waiting = self.filter(owner=owner).order_by("-pk").values_list("pk", flat=True)
            self.filter(pk__in=list(waiting[MAX_WAITING - 1 :])).delete()
            return self.create(owner=owner, file_name=file_name, content=content)


class Upload(models.Model):
    """A file as it came, found to be readable; no feeder yet."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="uploads")
    file_name = models.CharField(max_length=120)
    content = models.BinaryField()
    created = models.DateTimeField(auto_now_add=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name
