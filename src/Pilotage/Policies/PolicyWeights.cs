using Pilotage.Training;

namespace Pilotage.Policies;

/// <summary>The weights of a policy that is being read: by name, in the shapes that its description asks for.</summary>
public sealed class PolicyWeights
{
    private readonly IWeightSource _source;
    private readonly string _description;
    private readonly HashSet<string> _read = [];

    /// <summary>Wraps the open file.</summary>
    /// <param name="source">The weights.</param>
    /// <param name="description">The file that describes the policy, for messages.</param>
    public PolicyWeights(IWeightSource source, string description) => (_source, _description) = (source, description);

    /// <summary>Fills live blocks.</summary>
    /// <param name="blocks">Views, for instance <see cref="Tensors.Parameters.Blocks"/>.</param>
    /// <exception cref="UserMistakeException">Names or shapes differ (PIL0307, PIL0309, PIL0310).</exception>
    public void Fill(IReadOnlyList<WeightBlock> blocks)
    {
        _read.UnionWith(blocks.Select(block => block.Name));
        _source.LoadInto(blocks, names: null, ignored: [.. _source.Tensors.Select(tensor => tensor.Name)]);
    }

    /// <summary>Reads one tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its extents.</param>
    /// <returns>The values, row-major.</returns>
    /// <exception cref="UserMistakeException">It is not there or has another shape (PIL0307, PIL0309, PIL0310).</exception>
    public float[] Read(string name, params IReadOnlyList<int> shape)
    {
        var count = shape.Aggregate(1L, (product, extent) => product * extent);
        // Before room is made: a description may ask for anything.
        if (_source.Tensors.FirstOrDefault(tensor => tensor.Name == name) is { } found && found.Count != count)
            throw Unfit($"{name} has the shape [{string.Join(", ", found.Shape)}] where [{string.Join(", ", shape)}] is described");
        var values = new float[count];
        Fill([new(name, shape, values)]);
        return values;
    }

    /// <summary>Refuses widths that the file cannot hold, before a network of that size is made.</summary>
    /// <param name="inputs">Numbers per observation.</param>
    /// <param name="hidden">Width of each hidden layer.</param>
    /// <param name="outputs">Numbers per result.</param>
    /// <exception cref="UserMistakeException">A width is below 1, or the network has more weights than the file (PIL0606).</exception>
    public void RequirePerceptron(int inputs, IReadOnlyList<int> hidden, int outputs)
    {
        if (hidden.Any(width => width < 1)) throw Unfit($"hidden is [{string.Join(", ", hidden)}]; each width is at least 1");
        UInt128 needed = 0;
        var width = (ulong)inputs;
        foreach (var next in hidden.Append(outputs))
        {
            needed += (UInt128)(width + 1) * (ulong)next;
            width = (ulong)next;
        }
        var held = _source.Tensors.Sum(tensor => tensor.Count);
        if (needed > (ulong)held) throw Unfit($"a network with hidden layers [{string.Join(", ", hidden)}] has at least {needed} weights, and the file has {held}");
    }

    /// <summary>The mistake of a description that does not go with its weights or its environment.</summary>
    /// <param name="problem">What does not fit, without a full stop.</param>
    /// <returns>To be thrown.</returns>
    public UserMistakeException Unfit(string problem) => new(new Mistake(
        "PIL0606", $"{_description} does not fit {_source.Path}: {problem}.", "", "Both files were written together: put them back as they were, or export the policy again.").ToString());

    /// <summary>Refuses tensors that nothing read.</summary>
    internal void RequireAllRead()
    {
        var left = _source.Tensors.Where(tensor => !_read.Contains(tensor.Name)).Select(tensor => tensor.Name).ToList();
        if (left.Count > 0) throw Unfit($"it leaves {string.Join(", ", left)} without a place");
    }
}
