namespace Pilotage.Evaluation;

/// <summary>The ratio of two arms on the same seeds and instances, as a geometric mean: twice and half cancel out.</summary>
public static class RatioEffect
{
    /// <summary>Measures the geometric mean of a / b; 1 is no effect.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="a">Name of the arm above the line.</param>
    /// <param name="b">Name of the arm below the line.</param>
    /// <param name="metric">Name of the metric; all selected values are above 0.</param>
    /// <param name="rule">What a unit is, which instances count, the level. Region borders are ratios, above 0.</param>
    /// <returns>The effect, without unit.</returns>
    /// <exception cref="InvalidOperationException">An arm has no such values, the arms do not pair, or a value is not above 0.</exception>
    public static Effect Of(StudyResults results, string a, string b, string metric, EffectRule rule)
    {
        var table = UnitTable.Of(results, a, b, metric, rule.Instances);
        foreach (var value in table.A.Concat(table.B).SelectMany(row => row))
        {
            if (value > 0) continue;
            throw new InvalidOperationException(FormattableString.Invariant($"A ratio of '{metric}' between '{a}' and '{b}' needs values above 0, got {value}."));
        }
        var inference = table.Infer(rule, (x, y) => Math.Log(x / y));
        return rule.Effect(inference, $"logarithms of paired ratios, {table.Formed(rule.Unit)}", noEffect: 1, Math.Log, Math.Exp);
    }
}
