namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>A regulator with a table of action values: it pays for radicals and for the strength of its response.</summary>
/// <param name="seeds">Branch of its exploration.</param>
internal sealed class LearningRegulator(SeedTree seeds) : IRegulator
{
    private const double StepSize = 0.05, Discount = 0.95, Exploration = 0.10, PriceOfStrength = 0.1;
    private static readonly double[] Strengths = [0, 0.5, 1, 1.5, 2, 2.5];

    private readonly double[] _values = new double[4 * 3 * Strengths.Length];
    private Randomness _random = seeds.Start();
    private int _situation;
    private int _choice;

    /// <inheritdoc/>
    public double Choose(double seenAlarm, double radicals)
    {
        _situation = Situated(seenAlarm, radicals);
        var row = Row(_situation);
        if (_random.NextDouble() < Exploration) _choice = _random.NextInt(Strengths.Length);
        else
        {
            var (greatest, ties) = (double.NegativeInfinity, 0);
            for (var i = 0; i < row.Length; i++)
            {
                if (row[i] < greatest) continue;
                ties = row[i] > greatest ? 1 : ties + 1;
                greatest = row[i];
                if (_random.NextInt(ties) == 0) _choice = i;        // the n-th of equals replaces the others with probability 1 / n
            }
        }
        return Strengths[_choice];
    }

    /// <inheritdoc/>
    public void Learn(double seenAlarm, double radicals)
    {
        var reward = -radicals - PriceOfStrength * Strengths[_choice];
        ref var value = ref Row(_situation)[_choice];
        var after = Row(Situated(seenAlarm, radicals));
        var greatest = after[0];
        foreach (var next in after) greatest = Math.Max(greatest, next);
        value += StepSize * (reward + Discount * greatest - value);
    }

    private Span<double> Row(int situation) => _values.AsSpan(situation * Strengths.Length, Strengths.Length);

    private static int Situated(double alarm, double radicals) =>
        (alarm < 0.3 ? 0 : alarm < 0.5 ? 1 : alarm < 0.7 ? 2 : 3) * 3 + (radicals < 0.15 ? 0 : radicals < 0.30 ? 1 : 2);
}
