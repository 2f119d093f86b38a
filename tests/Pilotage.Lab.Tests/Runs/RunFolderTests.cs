using Pilotage.Evaluation;
using Pilotage.Lab.Runs;
using Pilotage.Settings;
using Pilotage.Testing;
using Pilotage.Testing.Settings;
using Xunit;

namespace Pilotage.Lab.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    private static readonly RunHeader Training = new()
    {
        Command = RunCommand.Train,
        Algorithm = "ppo",
        Environment = "CartPole-v1",
        Scale = Scale.Smoke,
        Seed = 7,
        Steps = 100_000,
        Version = "0.1.0",
    };

    private static readonly RunConfiguration Configuration = new(Training, SampleSettings.Schema, new SampleSettings { Horizon = 64, Objective = new() { ClipRadius = 0.3 } });

    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Create_WithoutFolder_NamesItByTimeNameAndHash()
    {
        var folder = Create(null);
        var second = Create(null);

        Assert.Matches("^20260102-030405-ppo-CartPole-v1-[0-9a-f]{6}$", Path.GetFileName(folder.Path));
        Assert.NotEqual(folder.Path, second.Path);
        Assert.True(Directory.Exists(folder.CheckpointsPath));
    }

    [Fact]
    public void Create_Configuration_IsWrittenInFull() => Snapshot.Matches(File.ReadAllText(Create("run").ConfigurationPath));

    [Fact]
    public void Open_AfterCreate_GivesTheSameConfiguration()
    {
        Create("run");

        var again = RunFolder.OpenForResume(_temporary.In("run")).Configuration(SampleSettings.Schema);

        Assert.Equal(Training with { Inputs = again.Header.Inputs }, again.Header);
        Assert.Equal(Configuration.Hash, again.Hash);
        Assert.Equal(Configuration.ToYaml(), again.ToYaml());
    }

    [Fact]
    public void Hash_OfAnotherSettingOrSeed_IsAnother_AndOfAnotherVersionOrDataFolder_TheSame()
    {
        Assert.NotEqual(Configuration.Hash, (Configuration with { Settings = new SampleSettings() }).Hash);
        Assert.NotEqual(Configuration.Hash, (Configuration with { Header = Training with { Seed = 8 } }).Hash);
        Assert.Equal(Configuration.Hash, (Configuration with { Header = Training with { Version = "0.2.0", Data = "elsewhere" } }).Hash);
    }

    [Fact]
    public void Read_ConfigOfARun_GivesItsSettingsToAnotherCommand()
    {
        var folder = Create("run");

        var settings = SettingsBinder.Bind<SampleSettings>(SampleSettings.Schema, YamlSettings.Read(folder.ConfigurationPath));

        Assert.Equal((64, 0.3), (settings.Horizon, settings.Objective.ClipRadius));
    }

    [Fact]
    public void Create_OverARunThatStoppedBeforeItsFirstCheckpoint_StartsAnew()
    {
        File.WriteAllText(Create("run").MetricsPath, "{\"step\":1}\n");

        Assert.False(File.Exists(Create("run").MetricsPath));
    }

    [Theory]
    [InlineData("foreign_files")]
    [InlineData("foreign_config")]
    [InlineData("finished")]
    [InlineData("resumable")]
    [InlineData("is_a_file")]
    [InlineData("below_a_file")]
    public void Create_WhereSomethingIs_IsRefusedAndNothingChanges(string name)
    {
        Prepare(name);
        var before = Listing();

        var exception = Assert.Throws<UserMistakeException>(() => Create(name == "below_a_file" ? "run/inside" : "run"));

        Assert.Equal(before, Listing());
        Snapshot.Matches(_temporary.Anonymous(exception.Message), $"create_{name}");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("is_a_file")]
    [InlineData("foreign_files")]
    [InlineData("foreign_config")]
    [InlineData("empty_config")]
    [InlineData("torn_config")]
    [InlineData("damaged_header")]
    [InlineData("finished")]
    [InlineData("application")]
    public void OpenForResume_NoRunToResume_SaysWhatIsMissing(string name)
    {
        Prepare(name);

        var exception = Assert.Throws<UserMistakeException>(() => RunFolder.OpenForResume(_temporary.In("run")));

        Snapshot.Matches(_temporary.Anonymous(exception.Message), $"resume_{name}");
    }

    [Fact]
    public void Configuration_ChangedByHand_SaysWhere()
    {
        var folder = Create("run");
        File.WriteAllText(folder.ConfigurationPath, File.ReadAllText(folder.ConfigurationPath).Replace("clipRadius: 0.3", "clipRadius: 3", StringComparison.Ordinal));

        var exception = Assert.Throws<UserMistakeException>(() => RunFolder.Open(folder.Path).Configuration(SampleSettings.Schema));

        Snapshot.Matches(_temporary.Anonymous(exception.Message));
    }

    [Fact]
    public void WriteReport_FinishesTheRun()
    {
        var folder = Create("run");
        Assert.False(folder.IsFinished);

        folder.WriteReport("{}");

        Assert.True(RunFolder.Open(folder.Path).IsFinished);
    }

    private void Prepare(string name)
    {
        var run = _temporary.In("run");
        switch (name)
        {
            case "none":
                return;
            case "is_a_file" or "below_a_file":
                File.WriteAllText(run, "");
                return;
            case "foreign_files":
                Directory.CreateDirectory(run);
                File.WriteAllText(Path.Combine(run, "thesis.tex"), "");
                return;
            case "foreign_config":
                Directory.CreateDirectory(run);
                File.WriteAllText(Path.Combine(run, "config.yaml"), "server: here\n");
                return;
        }

        var folder = name == "application"
            ? RunFolder.Create(Configuration with { Header = new() { Command = RunCommand.Apply, System = "cloud-autoscaling" } }, run, new FixedClock())
            : Create("run");
        var yaml = File.ReadAllText(folder.ConfigurationPath);
        if (name == "finished") folder.WriteReport("{}");
        if (name == "resumable") File.WriteAllText(Path.Combine(folder.CheckpointsPath, "steps-000000000128.safetensors"), "");
        if (name == "empty_config") File.WriteAllText(folder.ConfigurationPath, "");
        if (name == "torn_config") File.WriteAllText(folder.ConfigurationPath, yaml.Replace("inputs: []", "inputs: [", StringComparison.Ordinal));
        if (name == "damaged_header") File.WriteAllText(folder.ConfigurationPath, yaml.Replace("seed: 7", "seed: seven\n  colour: blue", StringComparison.Ordinal).Replace("algorithm: ppo", "algorithm: null", StringComparison.Ordinal));
    }

    private RunFolder Create(string? name) =>
        RunFolder.Create(Configuration, name is null ? null : _temporary.In(name), new FixedClock(), _temporary.In("runs"));

    private string[] Listing() => [.. Directory.EnumerateFileSystemEntries(_temporary.Path, "*", SearchOption.AllDirectories).Order()];

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }
}
