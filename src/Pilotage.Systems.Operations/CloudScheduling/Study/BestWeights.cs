using Pilotage.Training;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>The weights with which a learner did best on its way. What they are chosen on must be none of what they are judged by.</summary>
/// <param name="learner">Its live weights are looked at and put back.</param>
internal sealed class BestWeights(ILearner learner)
{
    private readonly float[][] _kept = [.. learner.Weights.Select(block => new float[block.Values.Length])];

    /// <summary>What the kept weights cost; infinity before the first look.</summary>
    public double Cost { get; private set; } = double.PositiveInfinity;

    /// <summary>Keeps the weights of now if they cost less than all before.</summary>
    public void Look(double cost)
    {
        if (cost >= Cost) return;
        Cost = cost;
        foreach (var (block, kept) in learner.Weights.Zip(_kept)) block.Values.CopyTo(kept);
    }

    /// <summary>Gives the learner, and its policy, the weights that were kept.</summary>
    public void Restore()
    {
        foreach (var (block, kept) in learner.Weights.Zip(_kept)) kept.CopyTo(block.Values);
    }
}
