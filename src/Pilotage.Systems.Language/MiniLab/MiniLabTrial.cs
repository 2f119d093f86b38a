using Pilotage.Language.Algorithms;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Tasks;

namespace Pilotage.Systems.Language.MiniLab;

/// <summary>What one training of the laboratory is made of; equal for all arms of a seed.</summary>
/// <param name="Lab">The laboratory.</param>
/// <param name="Model">A copy of the warm start, to be trained.</param>
/// <param name="Seeds">The trial's seed tree.</param>
internal sealed record MiniLabTrial(MiniLab Lab, LanguageModel Model, SeedTree Seeds)
{
    /// <summary>The task.</summary>
    public IGeneratedTask Task => Lab.Task;

    /// <summary>What is drawn in a step and how it is descended.</summary>
    public GroupBatchConfig Batch => Lab.Config.Batch;

    /// <summary>Draws from <see cref="Model"/> at temperature 1.</summary>
    public GroupSampler Sampler { get; } = Lab.Sampler(Model);

    /// <summary>Training problems.</summary>
    public ProblemStream Problems { get; } = new(Lab.Task.Problems(Split.Train), Seeds.Environments);

    /// <summary>A sampler over another model, such as one that lags behind; its time and tokens count as the trial's.</summary>
    /// <param name="model">The model.</param>
    /// <returns>The sampler.</returns>
    public GroupSampler SamplerOf(LanguageModel model)
    {
        var sampler = Lab.Sampler(model);
        Samplers.Add(sampler);
        return sampler;
    }

    internal List<GroupSampler> Samplers { get; } = [];

    /// <summary>Counts the tokens of a sampler of another kind, such as one of trees, as the trial's.</summary>
    /// <param name="decoded">Tokens that it has decoded so far.</param>
    public void Counted(Func<long> decoded) => Others.Add(decoded);

    internal List<Func<long>> Others { get; } = [];

    /// <summary>Tokens decoded in training.</summary>
    public long DecodedTokens => Sampler.DecodedTokens + Samplers.Sum(sampler => sampler.DecodedTokens) + Others.Sum(decoded => decoded());

    /// <summary>Seconds spent drawing.</summary>
    public double DrawingSeconds => Sampler.Seconds + Samplers.Sum(sampler => sampler.Seconds);

    /// <summary>A sampler's settings at temperature 1.</summary>
    public static SamplingSettings Sampling { get; } = new();
}
