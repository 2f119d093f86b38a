using System.Collections.Concurrent;
using System.Text;
using Pilotage.Evaluation;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Runs;
using Pilotage.Lab.Trials;
using Pilotage.Settings;
using Pilotage.Systems;
using Pilotage.Testing;
using Pilotage.Testing.Settings;
using Xunit;

namespace Pilotage.Lab.Tests.Trials;

public sealed class ApplyTrialsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _input;

    public ApplyTrialsTests() => File.WriteAllText(_input = _folder.In("problem.txt"), "7");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Apply_PartsComputedFromTextElsewhere_GivesTheSameAnswer()
    {
        var (here, asker, worker) = (new Sharing(), new Sharing(), new Sharing());
        var (before, told) = (Folders(), new List<int>());

        var expected = Apply(here, new PartsInTurn());
        var parts = new PooledParts(new Pool(new ApplyTrials([worker], new DeviceCatalog())), Configuration(_input));
        var answer = Apply(asker, parts);
        var counts = parts.Compute([.. Enumerable.Range(0, 3).Select(place => new ApplyPart($"part {place}", _ => throw new InvalidOperationException("Not here.")))], told.Add, CancellationToken.None);

        Assert.Equal("7/0 0.25 7/1 0.25 7/2", expected.Headline);
        Assert.Equal(expected.Headline, answer.Headline);
        Assert.Equal((3, 0, 6), (here.Computed.Count, asker.Computed.Count, worker.Computed.Count));
        Assert.Equal([0, 1, 2, 3], told);
        Assert.Equal(3, counts.Count);
        Assert.Equal(3, parts.Count);
        Assert.Equal(0, worker.Finished);                               // what comes after the parts is the asker's
        Assert.Equal(before, Folders());
    }

    [Fact]
    public void Apply_InputNamedFromHere_IsFoundByAWorkerThatStandsElsewhere()
    {
        var worker = new Sharing();
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, _input);
        string? asked = null;
        var pool = new Pool(new ApplyTrials([worker], new DeviceCatalog())) { Heard = text => asked = text };

        new PooledParts(pool, Configuration(relative)).Compute([new("part 0", _ => [])], static _ => { }, CancellationToken.None);

        Assert.Contains($"inputs: [{Path.GetFullPath(_input)}]", asked!.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Compute_PartThatFails_IsToldAsItIs_AndThatOfTheFirstPlace()
    {
        var pool = new Pool(new ApplyTrials([new Sharing { Fails = true }], new DeviceCatalog()));

        var failure = Assert.Throws<RunFailedException>(() => Apply(new Sharing(), new PooledParts(pool, Configuration(_input))));

        Assert.Equal("Part 0 of 7 failed.", failure.Message);
    }

    [Fact]
    public void Compute_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        var pool = new Pool(new ApplyTrials([new Sharing { Tell = stop.Cancel }], new DeviceCatalog()));

        Assert.Throws<OperationCanceledException>(() => new PooledParts(pool, Configuration(_input)).Compute([new("part 0", _ => []), new("part 1", _ => [])], static _ => { }, stop.Token));
    }

    [Theory]
    [InlineData("part 9", 0)]
    [InlineData("part 0", 1)]
    [InlineData("part 0", 7)]
    public void Run_PartOfAnotherVersion_SaysSo(string name, int place)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => new ApplyTrials([new Sharing()], new DeviceCatalog()).Run(Configuration(_input).ToYaml(), name, place, CancellationToken.None));

        Assert.StartsWith($"PIL0216  sharing has no part '{name}' at place {place}.", mistake.Message, StringComparison.Ordinal);
    }

    private static string[] Folders() => [.. Directory.GetDirectories(Path.GetTempPath(), "pilotage-part-*").Order()];

    private static RunConfiguration Configuration(string input) =>
        new(new RunHeader { Command = RunCommand.Apply, System = "sharing", Inputs = [input], Version = "test" }, SampleSettings.Schema, SampleSettings.Schema.Default);

    private ApplyReport Apply(Sharing system, IApplyParts parts) => system.Apply(new(system.Settings.Default, [_input], 0, _folder.Path) { Parts = parts }, null, CancellationToken.None);

    private sealed class Pool(ITrialProgram program) : ITrialPool, ITrialRunner
    {
        private string _text = "";

        public Action<string> Heard { get; init; } = static _ => { };

        public int Slots => 1;

        public ITrialRunner Runner(string kind, string text)
        {
            Assert.Equal(program.Kind, kind);
            Heard(_text = text);
            return this;
        }

        public FinishedTrial Run(string arm, int seed, CancellationToken cancellation) => program.Run(_text, arm, seed, cancellation);
    }

    private sealed class Sharing : ISystem
    {
        public ConcurrentBag<int> Computed { get; } = [];

        public int Finished { get; private set; }

        public bool Fails { get; init; }

        public Action Tell { get; init; } = static () => { };

        public SystemDescription Description { get; } = new("sharing", "", "", "", "", [], new Dictionary<Scale, double>(), "") { SharesApply = true };

        public SettingsSchema Settings => SampleSettings.Schema;

        public IStudy CreateStudy(StudyRequest request) => throw new NotSupportedException("Only its application is tested.");

        public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
        {
            var problem = File.ReadAllText(request.Inputs[0]);
            File.WriteAllText(Path.Combine(request.OutputFolder, "before.txt"), problem);
            var parts = request.Parts.Compute([.. Enumerable.Range(0, 3).Select(place => new ApplyPart($"part {place}", _ => Part(problem, place)))], static _ => { }, cancellation);
            Finished++;
            return new(string.Join(" 0.25 ", parts.Select(Encoding.UTF8.GetString)), [], [], [], []);
        }

        private byte[] Part(string problem, int place)
        {
            Computed.Add(place);
            Tell();
            return Fails ? throw new RunFailedException($"Part {place} of {problem} failed.") : Encoding.UTF8.GetBytes($"{problem}/{place}");
        }
    }
}
