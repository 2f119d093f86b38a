namespace Pilotage.Lab.Sweeps.Search;

/// <summary>The box of settings that a sweep searches.</summary>
/// <param name="Ranges">One for each setting that is varied.</param>
internal sealed record SearchSpace(IReadOnlyList<SettingRange> Ranges)
{
    private const int Redraws = 100;                     // a space of so few values that this many draws bring no new one is used up

    /// <summary>How many candidates there are; <see langword="null"/> for a continuum, or more than can be counted.</summary>
    public long? Count => Ranges.Aggregate((long?)1, (all, range) => all is { } so && range.Count is { } own && so <= 1_000_000_000 ? so * own : null);

    /// <summary>All combinations of the grids; the last setting changes fastest.</summary>
    public IEnumerable<IReadOnlyList<string>> Grid => Ranges.Aggregate(
        (IEnumerable<IReadOnlyList<string>>)[[]], (rows, range) => rows.SelectMany(row => range.Grid.Select(value => (IReadOnlyList<string>)[.. row, value])));

    /// <summary>How many combinations the grids have.</summary>
    public long GridCount => Ranges.Aggregate(1L, (all, range) => Math.Min(long.MaxValue / 2000, all) * range.Grid.Count);

    /// <summary>Values drawn evenly from every range.</summary>
    /// <param name="seeds">The draw's node.</param>
    /// <param name="known">What was drawn before, by <see cref="Name"/>.</param>
    /// <returns>One value a range; <see langword="null"/> once all are known.</returns>
    public IReadOnlyList<string>? Draw(SeedTree seeds, IReadOnlySet<string> known)
    {
        var random = seeds.Start();
        for (var attempt = 0; attempt < Redraws; attempt++)
        {
            var values = new string[Ranges.Count];
            for (var i = 0; i < values.Length; i++) values[i] = Ranges[i].At(random.NextDouble());
            if (!known.Contains(Name(values))) return values;
        }
        return null;
    }

    /// <summary>One text for one combination of values.</summary>
    public string Name(IReadOnlyList<string> values) => string.Join(" ", Ranges.Zip(values, (range, value) => $"{range.Key}={value}"));

    /// <summary>Coordinates for a model of distances: a number for each ordered range, one for each name of the others.</summary>
    /// <param name="values">One value a range.</param>
    /// <returns>Coordinates; <see langword="null"/> if a value has no place in its range.</returns>
    public double[]? Coordinates(IReadOnlyList<string> values)
    {
        var point = new List<double>();
        for (var i = 0; i < Ranges.Count; i++)
        {
            var range = Ranges[i];
            if (range.IsOrdered) point.Add(range.PlaceOf(values[i]));
            else point.AddRange(range.Values.Select(name => name == values[i] ? 1.0 : 0.0));
            if (double.IsNaN(point[^1]) || !range.IsOrdered && !range.Values.Contains(values[i])) return null;
        }
        return [.. point];
    }
}
