namespace Pilotage.Evaluation;

/// <summary>The mean of one arm, for claims with a bar on an absolute value: a share solved, a return reached.</summary>
public static class LevelEffect
{
    /// <summary>Measures the mean of an arm.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="arm">Name of the arm.</param>
    /// <param name="metric">Name of the metric; its unit is the effect's.</param>
    /// <param name="rule">What a unit is, which instances count, the level.</param>
    /// <returns>The effect.</returns>
    /// <exception cref="InvalidOperationException">The arm has no such values.</exception>
    public static Effect Of(StudyResults results, string arm, string metric, EffectRule rule)
    {
        var table = UnitTable.Of(results, arm, arm, metric, rule.Instances);
        return rule.Effect(table.Infer(rule, (x, _) => x), table.Formed(rule.Unit));
    }
}
