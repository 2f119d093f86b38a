using Pilotage.Lab.Devices;
using Pilotage.Lab.Runs;
using Pilotage.Lab.Sweeps;
using Pilotage.Lab.Sweeps.Targets;

namespace Pilotage.Lab.Tests.Sweeps;

/// <summary>Sweeps of <see cref="HillSystem"/>.</summary>
internal static class SweepCases
{
    public static SweepSettings Settings { get; } = new()
    {
        Method = SweepMethod.Random, Vary = ["east=0..1", "boots=2,4,6"], Trials = 6, TuningSeeds = 2, TestSeeds = 7, Arm = HillSystem.Climber, Instances = InstanceUse.Fresh,
    };

    public static TargetFinder Finder(HillSystem system) => new([system], static _ => Pilotage.Environments.EnvironmentCatalog.All, new DeviceCatalog(pluginFolder: "nowhere"));

    public static RunConfiguration Configuration(SweepSettings settings, HillSettings? start = null, Evaluation.Scale scale = Evaluation.Scale.Laptop) =>
        new(new() { Command = RunCommand.Sweep, System = "hill", Version = "test", Scale = scale }, SweepRecord.SchemaOf(HillSettings.Schema), new SweepRecord(settings, start ?? new()));

    public static SweepRun Begin(SweepSettings settings, string folder, HillSystem? system = null, HillSettings? start = null, Evaluation.Scale scale = Evaluation.Scale.Laptop) =>
        SweepRun.Begin(Configuration(settings, start, scale), Finder(system ?? new()), configuration => RunFolder.Create(configuration, folder, TimeProvider.System));

    /// <summary>All that must be the same however the sweep was run.</summary>
    public static string Result(string folder) => string.Join(
        "\n", File.ReadAllText(Path.Combine(folder, "choice.json")), File.ReadAllText(Path.Combine(folder, "best.yaml")),
        Evaluation.Reports.ReportJson.Write(Evaluation.Reports.ReportJson.Read(File.ReadAllText(Path.Combine(folder, "report.json")), "report").WithoutCircumstances()));
}
