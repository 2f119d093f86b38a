using Pilotage.Algorithms;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Trains a network player against the rule styles. The last network counts.</summary>
internal static class SeatTraining
{
    /// <summary>PPO.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="options">The seat.</param>
    /// <param name="seeds">The training's own.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    /// <param name="cancellation">Looked at between iterations.</param>
    public static ILearner Ppo(PpoConfig config, SeatOptions options, SeedTree seeds, Device? device, CancellationToken cancellation) =>
        Trained(new Ppo(config, options.Create(config.EnvironmentCount, seeds), seeds, device), config.Steps, cancellation);

    /// <summary>DQN.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="options">The seat.</param>
    /// <param name="seeds">The training's own.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    /// <param name="cancellation">Looked at between iterations.</param>
    public static ILearner Dqn(DqnConfig config, SeatOptions options, SeedTree seeds, Device? device, CancellationToken cancellation) =>
        Trained(new Dqn(config, options.Create(config.EnvironmentCount, seeds), seeds, device), config.Steps, cancellation);

    private static ILearner Trained(ILearner learner, long steps, CancellationToken cancellation)
    {
        while (learner.Steps < steps)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
        }
        return learner;
    }
}
