"""An expert's scores can be taken back with a reason."""

import guozi.performance.exact
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('performance', '0001_evaluations'),
        ('registry', '0001_facts'),
    ]

    operations = [
        migrations.AddField(
            model_name='panelscore',
            name='reason',
            field=models.TextField(blank=True),
        ),
        migrations.AlterField(
            model_name='panelscore',
            name='score',
            field=guozi.performance.exact.ExactField(null=True),
        ),
        migrations.AddIndex(
            model_name='adjustmentitem',
            index=models.Index(fields=['period', 'enterprise'], name='performance_adjust_period'),
        ),
        migrations.AddIndex(
            model_name='panelscore',
            index=models.Index(fields=['period', 'enterprise'], name='performance_panel_period'),
        ),
        migrations.AddConstraint(
            model_name='panelscore',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('score__isnull', False)), models.Q(('score__isnull', True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='performance_panelscore_back_with_reason'),
        ),
    ]
