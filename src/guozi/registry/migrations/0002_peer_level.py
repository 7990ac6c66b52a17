"""Enterprises of other cities, to compare with."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0001_facts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='enterprise',
            name='level',
            field=models.CharField(choices=[('municipal', '市属企业'), ('county', '县（市、区）属企业'), ('central', '驻市央企'), ('provincial', '驻市省企'), ('invested', '部门投资企业'), ('peer', '对标企业（外市公开披露）')], max_length=12),
        ),
    ]
