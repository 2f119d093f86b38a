using System.Buffers;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Groups;

namespace Pilotage.Systems.Language.Rec;

/// <summary>Fresh answers by weights that lag behind the learner's.</summary>
/// <param name="policy">The weights that draw.</param>
/// <param name="sampler">Over its model.</param>
/// <param name="problems">What is asked.</param>
/// <param name="batch">How much is drawn in a step.</param>
/// <param name="seeds">The run's seed tree; its actions branch is drawn from.</param>
internal sealed class LaggedSource(LaggedPolicy policy, GroupSampler sampler, ProblemStream problems, GroupBatchConfig batch, SeedTree seeds) : IGroupSource
{
    /// <inheritdoc/>
    public IReadOnlyList<ResponseGroup> Draw(long step, CancellationToken cancellation)
    {
        policy.Advance(step);
        return sampler.Sample(problems.Take(batch.Prompts), batch.GroupSize, seeds.Actions.Branch((int)step), policy.Version, cancellation);
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        policy.Save(writer);
        problems.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        policy.Load(ref reader);
        problems.Load(ref reader);
    }
}
