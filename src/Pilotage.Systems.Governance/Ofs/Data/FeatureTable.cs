namespace Pilotage.Systems.Governance.Ofs;

/// <summary>People with features as texts, made numbers: a column of numbers is standardised, any other is one column for each of its values.</summary>
/// <param name="Rows">Of each person, the texts of its features.</param>
/// <param name="Goods">Whether the outcome was good.</param>
/// <param name="IsA">Whether the person is of group A.</param>
internal sealed record FeatureTable(IReadOnlyList<string[]> Rows, IReadOnlyList<bool> Goods, IReadOnlyList<bool> IsA)
{
    private const double PlaceOfRounding = 1e-12;

    /// <summary>Fits a score on one half of the people, drawn at random, and gives the other half with their scores.</summary>
    /// <param name="name">Of the applicants.</param>
    /// <param name="seeds">Branch that divides the people.</param>
    /// <returns>Two groups of the held half, and the share of A among all.</returns>
    public Applicants Applicants(string name, SeedTree seeds)
    {
        var order = Enumerable.Range(0, Rows.Count).ToArray();
        var random = seeds.Start();
        random.Shuffle(order.AsSpan());
        var (fitted, held) = (order[..(order.Length / 2)], order[(order.Length / 2)..]);
        var encoded = Encoded(fitted);
        var model = LogisticRegression.Fit([.. fitted.Select(i => encoded[i])], [.. fitted.Select(i => Goods[i])]);
        SampledGroup Group(bool isA) => new(held.Where(i => IsA[i] == isA).Select(i => (model.Probability(encoded[i]), Goods[i] ? 1.0 : 0)));
        return new(name, Group(true), Group(false), (double)IsA.Count(isA => isA) / Rows.Count);
    }

    // Means, deviations and values come from the fitted half: the held one is as unseen as a new applicant.
    private double[][] Encoded(int[] fitted)
    {
        var encoded = Rows.Select(_ => new List<double>()).ToArray();
        for (var column = 0; column < Rows[0].Length; column++)
        {
            var c = column;
            if (Rows.All(row => Number(row[c]) is not null))
            {
                var values = fitted.Select(i => Number(Rows[i][c])!.Value).ToList();
                var mean = values.Average();
                var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
                for (var i = 0; i < Rows.Count; i++) encoded[i].Add(deviation < PlaceOfRounding ? 0 : (Number(Rows[i][c])!.Value - mean) / deviation);
            }
            else
            {
                foreach (var value in fitted.Select(i => Rows[i][c]).Distinct().Order(StringComparer.Ordinal))
                    for (var i = 0; i < Rows.Count; i++) encoded[i].Add(Rows[i][c] == value ? 1 : 0);
            }
        }
        return [.. encoded.Select(row => row.ToArray())];
    }

    private static double? Number(string text) =>
        double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
