using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>A learner whose ratios can be looked at after each iteration: BPO or PPO.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="Networks">Its networks, live.</param>
/// <param name="Experience">What its last iteration learned from.</param>
/// <param name="Length">Steps to learn for.</param>
internal sealed record RatioLearner(ILearner Learner, ActorCritic Networks, Rollout Experience, long Length)
{
    /// <summary>BPO.</summary>
    public static RatioLearner Of(BpoConfig config, EnvironmentEntry entry, SeedTree seeds, Device? device)
    {
        var learner = new Bpo(config, entry.Create(config.EnvironmentCount, seeds.Environments), seeds, device);
        return new(learner, learner.Networks, learner.Experience, config.Steps);
    }

    /// <summary>PPO.</summary>
    public static RatioLearner Of(PpoConfig config, EnvironmentEntry entry, SeedTree seeds, Device? device)
    {
        var learner = new Ppo(config, entry.Create(config.EnvironmentCount, seeds.Environments), seeds, device);
        return new(learner, learner.Networks, learner.Experience, config.Steps);
    }
}
