namespace Pilotage.Evaluation;

/// <summary>The mean difference between two arms on the same seeds and instances.</summary>
public static class PairedEffect
{
    /// <summary>Measures the mean of a - b.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="a">Name of the arm that the claim is about.</param>
    /// <param name="b">Name of the arm that it is compared with.</param>
    /// <param name="metric">Name of the metric; its unit is the effect's.</param>
    /// <param name="rule">What a unit is, which instances count, the level.</param>
    /// <returns>The effect.</returns>
    /// <exception cref="InvalidOperationException">An arm has no such values, or the arms were measured on different instances.</exception>
    public static Effect Of(StudyResults results, string a, string b, string metric, EffectRule rule)
    {
        var table = UnitTable.Of(results, a, b, metric, rule.Instances);
        return rule.Effect(table.Infer(rule, (x, y) => x - y), $"paired differences, {table.Formed(rule.Unit)}");
    }
}
