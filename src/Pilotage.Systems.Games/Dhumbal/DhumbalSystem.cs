using Pilotage.Evaluation;
using Pilotage.Settings;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Dhumbal: an arena for players of a card game with hidden hands, with honest statistics.</summary>
public sealed class DhumbalSystem : ISystem, IPlayable, IMeasurable
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "dhumbal", "AI Agents for the Dhumbal Card Game: A Comparative Study", "arXiv:2510.11736", "Games",
        "Which player of a card game with hidden hands is better than which, and how sure that is",
        [
            ("Decision", "to call, what to discard, where to take a card from; 319 moves, the illegal ones masked"),
            ("Observation", "own hand, offered card, seat, values, turn, coins, phase; 117 numbers in the paper, 121 by default"),
            ("Reward", "coins of the round over 100 at its end; the paper's rewards of every decision in its mode"),
            ("Rules", "aggressive, conservative, balanced, opportunistic, random"),
            ("Search", "MCTS, information set MCTS with random play or a rule's play to the end"),
            ("Learners", "PPO and DQN, each as in the paper and improved"),
            ("Harness", "every deal in all rotations, all orders round the table; the paper's fixed seats beside it"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.15, [Scale.Laptop] = 4, [Scale.Paper] = 600 },
        "A JSON file with house rules and players (built-in, a style's parameters, a search, a kept policy, or one to be trained), or a log of rounds to be played again")
    {
        SharesApply = true,
    };

    /// <inheritdoc/>
    public SpeedGroup Speed => DhumbalSpeed.Group;

    /// <inheritdoc/>
    public SettingsSchema Settings => DhumbalConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => DhumbalStudy.Create((DhumbalConfig)request.Settings, request.Scale, request.SeedCount, request.Device);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) => DhumbalApplication.Run(request, progress, cancellation);

    /// <inheritdoc/>
    public void Play(PlayRequest request, TextReader input, TextWriter output, CancellationToken cancellation) => DhumbalGame.Play(request, input, output, cancellation);
}
