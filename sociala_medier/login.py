"""Who is asking, with how they want the workbench: every page needs both, and one question answers it."""

from django.contrib.auth.backends import ModelBackend

from moderation.models import User


class Backend(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        person = User.objects.select_related("preferences").filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None
