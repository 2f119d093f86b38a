using Pilotage.Evaluation;

namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>The study's arms: three ways of deciding and a regulator that learns, on the same graphs and agents; and the feedback loop, in closed form and solved.</summary>
/// <param name="config">Settings.</param>
/// <param name="design">Which societies are lived through.</param>
/// <param name="loops">Random feedback loops on which closed form and solver are compared; the paper's is added.</param>
/// <param name="delays">Number of delays of the bifurcation diagram.</param>
internal sealed class StudyArms(DelayedRepressionConfig config, SocietyDesign design, int loops, int delays)
{
    /// <summary>Names of the arms.</summary>
    public const string Fixed = "fixed", Reactive = "reactive", Learning = "q-learning", Governed = "governed", ClosedForm = "closed form", Solver = "delay equation", Euler = "Euler, step 0.01";

    /// <summary>Ends of the multiples of the critical delay between which amplitudes are compared with the theory; ten of them.</summary>
    public const double FirstBeyond = 1.01, LastBeyond = 1.10;

    private const double Horizon = 120, Window = 30;     // of the paper's bifurcation diagram
    private const double LongHorizon = 1200, LongWindow = 60;   // just beyond the crossing a disturbance needs some 66 units of time to grow by e
    private const double EulerStep = 0.01;
    private const double Push = 0.05;

    /// <summary>All arms.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        new(Fixed, ArmKind.Heuristic, (trial, stop) => Societies(trial, Architecture.Fixed, stop)),
        new(Reactive, ArmKind.Heuristic, (trial, stop) => Societies(trial, Architecture.Reactive, stop)),
        new(Learning, ArmKind.Method, (trial, stop) => Societies(trial, Architecture.Learning, stop)),
        new(Governed, ArmKind.Method, (trial, _) => [.. Governance(trial, Architecture.Learning, isGoverned: true)]),
        new(ClosedForm, ArmKind.Baseline, (_, _) => [.. Loops().Select(loop => new Measurement(StudyMetrics.CriticalDelay, loop.Name, HopfPoint.Of(loop.Loop).CriticalDelay))]) { IsDeterministic = true },
        new(Solver, ArmKind.Baseline, (_, stop) => [.. Measured(stop), .. Beyond(stop), .. Diagram(stop)]) { IsDeterministic = true },
        new(Euler, ArmKind.Baseline, (_, stop) => [.. EulerDiagram(stop)]) { IsDeterministic = true },
    ];

    /// <summary>The delays of the bifurcation diagram, as multiples of the critical delay.</summary>
    public IReadOnlyList<double> Diagrammed => [.. Enumerable.Range(0, delays).Select(i => 4.0 * i / (delays - 1))];

    /// <summary>Multiples of the critical delay just beyond it.</summary>
    public static IReadOnlyList<double> JustBeyond => [.. Enumerable.Range(0, 10).Select(i => FirstBeyond + (LastBeyond - FirstBeyond) * i / 9)];

    /// <summary>Instance of a delay of the diagram.</summary>
    public static string DiagramPath(double multiple) => FormattableString.Invariant($"diagram/{multiple:0.000}");

    /// <summary>Instance of a delay just beyond the critical one.</summary>
    public static string BeyondPath(double multiple) => FormattableString.Invariant($"beyond/{multiple:0.000}");

    /// <summary>Graph and agents of a seed: the same for every arm.</summary>
    public static (SocialGraph Graph, Population Population) World(DelayedRepressionConfig config, SeedTree seeds)
    {
        var graph = GraphGenerator.Draw(config.Topology, config.Agents, seeds.Branch("graph"));
        return (graph, Population.Draw(graph, seeds.Branch("population")));
    }

    private List<Measurement> Societies(Trial trial, Architecture architecture, CancellationToken stop)
    {
        var (graph, population) = World(config, trial.Seeds);
        var measured = new List<Measurement>();
        foreach (var cell in design.Crossed)
        {
            stop.ThrowIfCancellationRequested();
            var (run, regime) = Live(graph, population, architecture, cell, trial, isGoverned: false);
            measured.AddRange(
            [
                new(StudyMetrics.Full, cell.Path, regime.IsRunawayFull ? 1 : 0),
                new(StudyMetrics.Tail, cell.Path, regime.IsRunawayTail ? 1 : 0),
                new("oscillatory", cell.Path, regime.IsOscillatory ? 1 : 0),
                new("tail_radicals", cell.Path, regime.TailMean),
                new("tail_amplitude", cell.Path, regime.TailAmplitude),
                new("reward", cell.Path, run.MeanReward),
            ]);
        }
        if (architecture == Architecture.Reactive) Add(design.Fine, StudyMetrics.FineFull, StudyMetrics.FineTail);
        if (architecture == Architecture.Learning)
        {
            Add(design.Sweep, StudyMetrics.SweepFull, StudyMetrics.SweepTail);
            Add(design.Sharpness, StudyMetrics.SharpnessFull, StudyMetrics.SharpnessTail);
            Add(design.Map, StudyMetrics.MapFull, StudyMetrics.MapTail);
        }
        if (architecture != Architecture.Reactive) measured.AddRange(Governance(trial, architecture, isGoverned: false));
        return measured;

        void Add(IReadOnlyList<SocietyCell> cells, string full, string tail)
        {
            foreach (var cell in cells)
            {
                stop.ThrowIfCancellationRequested();
                var regime = Live(graph, population, architecture, cell, trial, isGoverned: false).Regime;
                measured.Add(new(full, cell.Path, regime.IsRunawayFull ? 1 : 0));
                measured.Add(new(tail, cell.Path, regime.IsRunawayTail ? 1 : 0));
            }
        }
    }

    private IEnumerable<Measurement> Governance(Trial trial, Architecture architecture, bool isGoverned)
    {
        var (graph, population) = World(config, trial.Seeds);
        var regime = Live(graph, population, architecture, design.Governance, trial, isGoverned).Regime;
        return
        [
            new(StudyMetrics.GovernanceFull, design.Governance.Path, regime.IsRunawayFull ? 1 : 0),
            new(StudyMetrics.GovernanceTail, design.Governance.Path, regime.IsRunawayTail ? 1 : 0),
            new("governance_oscillatory", design.Governance.Path, regime.IsOscillatory ? 1 : 0),
        ];
    }

    private (SocietyRun Run, Regime Regime) Live(SocialGraph graph, Population population, Architecture architecture, SocietyCell cell, Trial trial, bool isGoverned)
    {
        var settings = config with { Society = config.Society with { Sharpness = cell.Sharpness } };
        // The chance of a run depends on its cell, not on who decides: architectures are paired.
        var run = SocietyRun.Live(graph, population, settings, architecture, cell.Delay, isGoverned, trial.Seeds.Branch("run").Branch(cell.Path));
        return (run, Regime.Of(run.Radicals, config.RunawayShare));
    }

    private IEnumerable<(string Name, FeedbackLoop Loop)> Loops() =>
        RandomLoops.Draw(loops, SeedTree.Root(0).Branch("loops")).Select((loop, i) => (FormattableString.Invariant($"loop-{i}"), loop)).Prepend(("loop-given", config.Loop));

    private IEnumerable<Measurement> Measured(CancellationToken stop)
    {
        foreach (var (name, loop) in Loops())
        {
            stop.ThrowIfCancellationRequested();
            yield return new(StudyMetrics.CriticalDelay, name, Bifurcation.MeasuredCriticalDelay(loop));
        }
    }

    private IEnumerable<Measurement> Beyond(CancellationToken stop) => Swings(JustBeyond, BeyondPath, LongHorizon, LongWindow, stop);

    private IEnumerable<Measurement> Diagram(CancellationToken stop) => Swings(Diagrammed, DiagramPath, Horizon, Window, stop);

    private IEnumerable<Measurement> Swings(IReadOnlyList<double> multiples, Func<double, string> path, double horizon, double window, CancellationToken stop)
    {
        // The loop's own unit of time is 1 / b: horizons are the paper's for its loop, and as many turns for another.
        var (critical, unit) = (HopfPoint.Of(config.Loop).CriticalDelay, HopfPoint.Of(FeedbackLoop.Paper).Rate / HopfPoint.Of(config.Loop).Rate);
        foreach (var multiple in multiples)
        {
            stop.ThrowIfCancellationRequested();
            var swing = Bifurcation.LateSwing(config.Loop, multiple * critical, horizon * unit, window * unit, Push);
            yield return new(StudyMetrics.Amplitude, path(multiple), swing.Amplitude);
            yield return new(StudyMetrics.Margin, path(multiple), Math.Min(swing.Lowest, 1 - swing.Highest));
        }
    }

    private IEnumerable<Measurement> EulerDiagram(CancellationToken stop)
    {
        var (critical, unit) = (HopfPoint.Of(config.Loop).CriticalDelay, HopfPoint.Of(FeedbackLoop.Paper).Rate / HopfPoint.Of(config.Loop).Rate);
        var (step, steps, late) = (EulerStep * unit, (int)(Horizon / EulerStep), (int)(Window / EulerStep));
        foreach (var multiple in Diagrammed)
        {
            stop.ThrowIfCancellationRequested();
            var path = EulerMap.Run(config.Loop, step, (int)Math.Round(multiple * critical / step), config.Loop.Equilibrium + Push, steps);
            yield return new(StudyMetrics.Amplitude, DiagramPath(multiple), (path[^late..].Max() - path[^late..].Min()) / 2);
        }
    }
}
