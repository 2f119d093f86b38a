namespace Pilotage.Training;

/// <summary>Means of named figures over the updates of an iteration, without allocating per update.</summary>
/// <param name="names">The field's metric names; a handful.</param>
public sealed class UpdateMeans(params string[] names)
{
    private readonly double[] _sums = new double[names.Length];
    private readonly long[] _counts = new long[names.Length];

    /// <summary>Adds one value.</summary>
    /// <param name="name">One of the names.</param>
    /// <param name="value">Any number.</param>
    /// <exception cref="ArgumentException">The name is not one of them.</exception>
    public void Add(string name, double value)
    {
        var place = Array.IndexOf(names, name);
        if (place < 0) throw new ArgumentException($"There is no figure named {name}.", nameof(name));
        _sums[place] += value;
        _counts[place]++;
    }

    /// <summary>The means since the last call; names without a value are left out. Begins anew.</summary>
    /// <returns>Names and means.</returns>
    public IReadOnlyList<KeyValuePair<string, double>> Take()
    {
        var means = new List<KeyValuePair<string, double>>(names.Length);
        for (var i = 0; i < names.Length; i++)
            if (_counts[i] > 0) means.Add(new(names[i], _sums[i] / _counts[i]));
        Array.Clear(_sums);
        Array.Clear(_counts);
        return means;
    }
}
