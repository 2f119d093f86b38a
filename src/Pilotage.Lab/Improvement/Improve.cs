using System.Reflection;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Settings;

namespace Pilotage.Lab.Improvement;

/// <summary>Bring a problem and the rule that decides today; leave with a policy that beats it and the evidence, or with the evidence that nothing beat it.</summary>
/// <remarks>
/// Checks environment and rule, chooses each learner's settings on validation seeds, trains it on several training seeds, and lets all play the rule's
/// own episodes. The verdict counts training seeds and is read off simultaneous intervals. Of the best learner the policy that did best on validation
/// episodes is kept, and compared with the rule once more on fresh episodes. Same program, same options: same bits, however often it was stopped.
/// </remarks>
public static class Improve
{
    /// <summary>The whole of a program: reads options, shows progress, prints the verdict; Ctrl-C keeps what is finished and the same command goes on.</summary>
    /// <typeparam name="T">The environment.</typeparam>
    /// <param name="rule">The rule that decides today.</param>
    /// <param name="arguments">As typed: <c>steps=200000 seeds=12 --out FOLDER</c>; <c>--help</c> lists them.</param>
    /// <returns>The exit code: 0 done, 2 a mistake in environment, rule or options, 3 a run that failed, 130 interrupted.</returns>
    public static int Main<T>(IPolicy rule, params IReadOnlyList<string> arguments) where T : IEnvironment, new() => Main(static () => new T(), rule, arguments);

    /// <summary>The same for an environment that needs to be made in some way, for instance over data.</summary>
    /// <typeparam name="T">The environment.</typeparam>
    /// <param name="make">Makes a new instance each time.</param>
    /// <param name="rule">The rule that decides today.</param>
    /// <param name="arguments">As typed.</param>
    /// <returns>The exit code.</returns>
    public static int Main<T>(Func<T> make, IPolicy rule, params IReadOnlyList<string> arguments) where T : IEnvironment =>
        ImproveProgram.Run((options, folder, progress, cancellation) => Run(make, rule, options, folder, progress, cancellation), T.Describe, arguments);

    /// <summary>Runs without a console.</summary>
    /// <typeparam name="T">The environment.</typeparam>
    /// <param name="make">Makes a new instance each time: <c>() => new MyEnvironment()</c>.</param>
    /// <param name="rule">The rule that decides today.</param>
    /// <param name="options">Budget and seeds; <see langword="null"/> for the defaults.</param>
    /// <param name="folder">The run's folder; <see langword="null"/> for the unfinished one of this program and options, or a new one in <c>runs/</c>.</param>
    /// <param name="progress">Told ten times a second at most, by any thread.</param>
    /// <param name="cancellation">Stops within and between trainings; trainings that ended are kept.</param>
    /// <returns>The answer, the evidence and the policy.</returns>
    /// <exception cref="UserMistakeException">Environment, rule, options or folder cannot be used; tells all that was found.</exception>
    /// <exception cref="RunFailedException">A number is not finite while learning, or the disk is full.</exception>
    /// <exception cref="OperationCanceledException">Stopped; running again goes on.</exception>
    public static ImproveReport Run<T>(
        Func<T> make, IPolicy rule, ImproveOptions? options = null, string? folder = null, IProgress<ImproveProgress>? progress = null, CancellationToken cancellation = default)
        where T : IEnvironment
    {
        options ??= new();
        UserMistakeException.ThrowIfAny([.. SettingsBinder.Check(ImproveOptions.Schema, options).Select(mistake => mistake.ToString())]);
        progress?.Report(new(0, double.NaN, "checking environment and rule"));
        UserMistakeException.ThrowIfAny([.. EnvironmentCheck.Problems(make).Select(mistake => mistake.ToString())]);
        var spec = T.Describe();
        var checkedRule = RuleCheck.Checked(rule, spec, Vector);
        var version = ProgramIdentity.Of(typeof(T).Assembly, rule.GetType().Assembly, Assembly.GetEntryAssembly() ?? typeof(T).Assembly);

        var found = ImproveFolder.Find(spec, options, version, folder, RunsFolder);
        options = found?.Options ?? options;
        var candidates = CandidateList.For(spec, options);
        Refuse(spec, options, candidates);
        progress?.Report(new(0, double.NaN, "timing the learners"));
        var isTimed = progress is not null || found is null && options.Minutes is not null;
        var secondsPerStep = isTimed ? ImproveBudget.Measure(Vector, checkedRule, candidates, cancellation) : candidates.ToDictionary(list => list[0].Algorithm.Name, _ => 1.0);
        if (found is null && options.Minutes is { } minutes)
        {
            options = options with { Steps = ImproveBudget.StepsWithin(minutes, candidates, options, secondsPerStep) };
            candidates = CandidateList.For(spec, options);
        }
        var runFolder = found?.Folder ?? ImproveFolder.Make(spec, options, version, folder, RunsFolder);
        return new ImproveRun(Vector, checkedRule, options, runFolder, $"{version} {ImproveFolder.Text(options)}", candidates, secondsPerStep, progress, cancellation).Run();

        VectorEnvironment<T> Vector(int rows, SeedTree seeds) => new([.. Enumerable.Range(0, rows).Select(_ => make())], seeds);
    }

    private const string RunsFolder = "runs";

    // What StudyRunner would refuse after the first phase is refused before it.
    private static void Refuse(EnvironmentSpec spec, ImproveOptions options, IReadOnlyList<IReadOnlyList<Candidate>> candidates)
    {
        var judging = new EffectRule { Comparisons = candidates.Count };
        var claim = judging.Claim("verdict", "", "", Region.Above(0), static (_, _) => default);
        if (options.Seeds < claim.MinimumUnits || claim.CanPass(claim.SmallestP!(options.Seeds))) return;
        throw new UserMistakeException(new Mistake(
            "PIL0822", $"seeds = {options.Seeds} could not show anything for {spec.Name}: with {candidates.Count} learners the smallest p that they can give is above {claim.Level}.", "",
            $"Give at least {claim.UnitsNeeded()} seeds or fewer algorithms.").ToString());
    }
}
