from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('simulator', '0007_day_statuses'),
    ]

    operations = [
        migrations.RenameField(
            model_name='profileset',
            old_name='account',
            new_name='import_log',
        ),
    ]
