"""The unit that printed statements are rounded to."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('filings', '0001_filings'),
    ]

    operations = [
        migrations.AddField(
            model_name='upload',
            name='printed_unit',
            field=models.CharField(blank=True, max_length=4),
        ),
    ]
