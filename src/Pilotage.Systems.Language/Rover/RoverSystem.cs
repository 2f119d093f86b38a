using Pilotage.Evaluation;
using Pilotage.Settings;
using Pilotage.Systems.Language.Apply;

namespace Pilotage.Systems.Language.Rover;

/// <summary>Random policy valuation: the value of one fixed policy, the uniform one, is enough where success is all that pays.</summary>
public sealed class RoverSystem : ISystem
{
    /// <inheritdoc/>
    public SystemDescription Description { get; } = new(
        "rover", "Random Policy Valuation is Enough for LLM Reasoning with Verifiable Rewards", "arXiv:2509.24981", "Language",
        "Which token to write next, by what random tokens would make of it: many ways to success are kept",
        [
            ("Exact part", "200 random trees, greedy and softmax planners, the bound, trees that break the theorem's conditions"),
            ("Toy part", "strings of three letters, four of 64 right: beside Q-learning, REINFORCE and GRPO, 20 seeds"),
            ("Countdown part", "a small transformer on arithmetic puzzles: GRPO in three forms, without the successor term, with more passes"),
            ("Settings", "temperature (rho), successorWeight (beta)"),
        ],
        new Dictionary<Scale, double> { [Scale.Smoke] = 0.5, [Scale.Laptop] = 6, [Scale.Paper] = 30 },
        "Every way through a tree of choices and what it pays in a .csv file (path,reward), planned exactly; or " + LanguageApplication.Input);

    /// <inheritdoc/>
    public SettingsSchema Settings => RoverConfig.Schema;

    /// <inheritdoc/>
    public IStudy CreateStudy(StudyRequest request) => RoverStudy.Create((RoverConfig)request.Settings, request.Scale, request.SeedCount);

    /// <inheritdoc/>
    public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
    {
        if (TreeApplication.Takes(request.Inputs)) return TreeApplication.Run(request, cancellation);
        var config = (RoverConfig)request.Settings;
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        return LanguageApplication.Run(config.Apply, request, parts => new Rover(
            new() { Batch = parts.Batch, Temperature = config.Temperature, SuccessorWeight = config.SuccessorWeight }, parts.Model, parts.Sampler, parts.Problems, parts.Seeds), progress, cancellation);
    }
}
