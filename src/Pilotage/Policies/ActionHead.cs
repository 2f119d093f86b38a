using Pilotage.Distributions;
using Pilotage.Environments;
using Pilotage.Numerics;
using Pilotage.Tensors;

namespace Pilotage.Policies;

/// <summary>What stands between a network's outputs and actions of a space: the distribution, the draw, and the way into the box.</summary>
/// <remarks>
/// Outputs are the choices' logits, one choice after the other, then the means of the real numbers. The deviation does not depend on the state; its unit is half the box's
/// width around the box's centre. What falls outside the box is clipped on its way to the environment, while the distribution keeps the unclipped value.
/// </remarks>
internal sealed class ActionHead
{
    private readonly ActionSpace _space;
    private readonly IReadOnlyList<int> _counts;
    private readonly ActionSpace.Box? _box;
    private readonly Parameter? _logDeviation;

    /// <summary>Adds <c>policy.log_deviation</c> where the space has real numbers.</summary>
    public ActionHead(ActionSpace space, double initialDeviation, Parameters parameters, ref Randomness random)
    {
        (_space, _counts, _box) = (space, space.ChoiceCounts, space.Bounds);
        if (_box is not null) _logDeviation = parameters.Add("policy.log_deviation", new(space.ValueCount), new Initializer.Constant((float)Logarithm.Log(initialDeviation)), ref random);
    }

    /// <summary>Numbers that the network gives per row.</summary>
    public static int OutputsOf(ActionSpace space) => space.ChoiceCounts.Sum() + space.ValueCount;

    /// <summary>Distribution of outputs [rows, outputs] under a mask [rows, legal count].</summary>
    public ActionDistribution Distribution(Tensor outputs, Mask legal) => _space switch
    {
        ActionSpace.Discrete => ActionDistribution.FromLogits(outputs, legal),
        ActionSpace.MultiDiscrete => ActionDistribution.FromChoices(outputs, _counts, legal),
        ActionSpace.Box => ActionDistribution.FromMoments(outputs, Tensor.Of(_logDeviation!)),
        _ => FromBoth(outputs, legal),
    };

    /// <summary>The mask of frames as the open step sees it.</summary>
    public Mask LegalOf(FrameBatch frames) => frames.Legal.IsEmpty ? default : Mask.From(frames.Legal, frames.Rows, _space.LegalCount);

    /// <summary>Takes actions, and says how probable they were.</summary>
    /// <param name="pi">Over <paramref name="rows"/> rows.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="isGreedy">Whether to take the most probable action and the mean instead of drawing.</param>
    /// <param name="random">One uniform per choice, one normal per real number.</param>
    /// <param name="beside">Rows of the same step whose draws are skipped; those of choices come before those of real numbers.</param>
    /// <param name="indices">Receives the choices, [rows, choices].</param>
    /// <param name="raw">Receives the real numbers in the distribution's unit, [rows, dimensions].</param>
    /// <param name="logProbabilities">Receives log pi(a|s), [rows]; empty if not wanted.</param>
    public void Act(in ActionDistribution pi, int rows, bool isGreedy, ref Randomness random, RowsBeside beside, Span<int> indices, Span<float> raw, Span<float> logProbabilities)
    {
        if (_counts.Count > 0) Choose(pi, isGreedy, ref random, beside, indices);
        if (_box is not null) Draw(pi, isGreedy, ref random, beside, raw);
        if (logProbabilities.IsEmpty) return;
        var chosen = _space is ActionSpace.Discrete ? Indices.From(indices, rows) : _counts.Count > 0 ? Indices.From(indices, rows, _counts.Count) : default;
        pi.LogProbability(chosen, _box is null ? default : Tensor.From(raw, rows, _space.ValueCount)).CopyTo(logProbabilities);
    }

    /// <summary>Scales and clips real numbers from the distribution's unit to the environment's.</summary>
    public void ToBox(ReadOnlySpan<float> raw, Span<float> values)
    {
        if (_box is null) return;
        for (var i = 0; i < raw.Length; i++)
        {
            var (low, high) = (_box.Low[i % _box.ValueCount], _box.High[i % _box.ValueCount]);
            values[i] = Math.Clamp((low + high) / 2 + raw[i] * (high - low) / 2, low, high);
        }
    }

    private ActionDistribution FromBoth(Tensor outputs, Mask legal)
    {
        var logits = outputs.Shape[-1] - _space.ValueCount;
        return ActionDistribution.FromBoth(outputs.Slice(-1, 0, logits), _counts, legal, outputs.Slice(-1, logits, _space.ValueCount), Tensor.Of(_logDeviation!));
    }

    private void Choose(in ActionDistribution pi, bool isGreedy, ref Randomness random, RowsBeside beside, Span<int> indices)
    {
        var weights = isGreedy ? pi.LogProbabilities : pi.LogProbabilities.Exp();
        var width = weights.Shape[-1];
        using var scratch = new Scratch(indices.Length * width);
        weights.CopyTo(scratch.Values);
        random.Skip((long)beside.Before * _counts.Count);
        for (var i = 0; i < indices.Length; i++)
        {
            var line = scratch.Values.Slice(i * width, width);
            indices[i] = isGreedy ? Categorical.Mode(line) : Categorical.Sample(line, random.NextSingle());
        }
        random.Skip((long)beside.Behind * _counts.Count);
    }

    private static void Draw(in ActionDistribution pi, bool isGreedy, ref Randomness random, RowsBeside beside, Span<float> raw)
    {
        pi.Mean.CopyTo(raw);
        if (isGreedy) return;
        var deviation = pi.LogDeviation.Exp();
        var width = deviation.Shape.Count;
        using var scratch = new Scratch(width);
        deviation.CopyTo(scratch.Values);
        random.Skip((long)beside.Before * width * Randomness.DrawsOfNormal);
        for (var i = 0; i < raw.Length; i++) raw[i] += scratch.Values[i % width] * (float)random.NextNormal();
        random.Skip((long)beside.Behind * width * Randomness.DrawsOfNormal);
    }
}
