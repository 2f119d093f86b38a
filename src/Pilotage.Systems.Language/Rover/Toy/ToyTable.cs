using Pilotage.Numerics;
using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Rover;

/// <summary>A policy over the strings of a <see cref="StringTree"/>: logits for each prefix, uniform at first, and what it is worth, exactly.</summary>
internal sealed class ToyTable
{
    private readonly StringTree _tree;
    private readonly Parameter _logits;                   // [prefixes, letters]

    /// <param name="tree">The strings.</param>
    public ToyTable(StringTree tree)
    {
        var random = new Randomness(0);                   // not drawn from: all logits begin at 0
        for (var (length, width) = (0, 1); length < tree.Length; length++, width *= tree.Letters) Prefixes += width;
        _tree = tree;
        _logits = Parameters.Add("logits", new(Prefixes, tree.Letters), new Initializer.Constant(0), ref random);
        LogPi = new float[Prefixes * tree.Letters];
        Means = new float[Prefixes];
        Refresh();
    }

    /// <summary>The logits.</summary>
    public Parameters Parameters { get; } = new();

    /// <summary>Prefixes shorter than a string: the states.</summary>
    public int Prefixes { get; }

    /// <summary>log pi, [prefixes, letters], flat, as of the last <see cref="Refresh"/>.</summary>
    public float[] LogPi { get; }

    /// <summary>Mean over letters of log pi of each prefix, as of the last <see cref="Refresh"/>.</summary>
    public float[] Means { get; }

    /// <summary>The logits, as a tensor of the open step.</summary>
    public Tensor Logits => Tensor.Of(_logits);

    /// <summary>Number of a prefix with one letter more. The empty prefix is 0.</summary>
    /// <param name="prefix">Number of a prefix.</param>
    /// <param name="letter">The letter.</param>
    public int Next(int prefix, int letter) => prefix * _tree.Letters + 1 + letter;

    /// <summary>Reads the probabilities out.</summary>
    public void Refresh()
    {
        using var step = Step.Begin(gradient: Gradient.None);
        Logits.LogSoftmax().CopyTo(LogPi);
        RandomPolicyValuation.MeanLogProbability(Logits).CopyTo(Means);
    }

    /// <summary>Probability of each right string, as of the last <see cref="Refresh"/>.</summary>
    public double[] RightProbabilities() => [.. _tree.Right.Select(Probability)];

    private double Probability(int[] word)
    {
        var (prefix, sum) = (0, 0.0);
        foreach (var letter in word)
        {
            sum += LogPi[prefix * _tree.Letters + letter];
            prefix = Next(prefix, letter);
        }
        return Exponential.Exp(sum);
    }
}
