using CsCheck;
using Pilotage.Evaluation;
using Pilotage.Lab.Runs;
using Pilotage.Settings;
using Pilotage.Testing;
using Pilotage.Testing.Settings;
using Xunit;

namespace Pilotage.Lab.Tests.Runs;

public sealed class YamlSettingsTests
{
    [Fact]
    public void Parse_NestedAndDotted_GivesEntriesWithLines()
    {
        var source = YamlSettings.Parse("horizon: 64\n# a comment\nobjective:\n  clip-radius: 0.3\nobjective.entropyWeight: 0\nhidden:\n  - 1\n  - 2\nnote: 'a: b'\n", "config.yaml");

        Assert.Empty(source.Mistakes);
        Assert.Equal(
            ["horizon=64 config.yaml, line 1", "objective.clip-radius=0.3 config.yaml, line 4", "objective.entropyWeight=0 config.yaml, line 5", "hidden=1;2 config.yaml, line 6", "note=a: b config.yaml, line 9"],
            source.Entries.Select(entry => $"{entry.Key}={(entry.Items is { } items ? string.Join(';', items) : entry.Text)} {entry.Where}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("---\n")]
    [InlineData("{}")]
    [InlineData("objective:\n")]
    [InlineData("objective: {}\n")]
    public void Parse_NothingGiven_GivesTheDefaults(string yaml) =>
        Assert.Equal(SettingsText.Flatten(SampleSettings.Schema, new SampleSettings()), SettingsText.Flatten(SampleSettings.Schema, Bind(yaml)));

    [Theory]
    [InlineData("with_lines", "horizon: 64\nobjective:\n  clipRadius: 7\n\ncolour: blue\nminibatches: 7\n")]
    [InlineData("twice", "horizon: 64\nHORIZON: 32\n")]
    [InlineData("twice_in_two_styles", "objective:\n  clipRadius: 0.3\nobjective.clipRadius: 0.2\n")]
    [InlineData("missing", "horizon:\nhidden:\n  - 64\n  -\n")]
    [InlineData("list_for_a_value", "horizon: [1, 2]\n")]
    [InlineData("list_for_a_group", "objective: [1, 2]\n")]
    [InlineData("group_for_a_value", "horizon:\n  length: 3\n")]
    [InlineData("torn", "horizon: [64\nminibatches: 3\n")]
    [InlineData("tab", "objective:\n\tclipRadius: 0.3\n")]
    [InlineData("not_a_mapping", "- horizon\n- minibatches\n")]
    [InlineData("only_a_word", "horizon\n")]
    [InlineData("alias", "horizon: &h 64\nminibatches: *h\n")]
    [InlineData("odd_key", "[a, b]: 3\nhorizn: 3\n")]
    [InlineData("list_of_groups", "hidden:\n  - a: 1\n")]
    [InlineData("two_documents", "horizon: 64\n---\nhorizon: 32\n")]
    [InlineData("binary", "\0\u0001\u0002")]
    public void Bind_Mistakes_AreToldWithTheirLines(string name, string yaml) =>
        Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(() => Bind(yaml)).Problems), name);

    [Fact]
    public void Parse_VeryDeepNesting_IsRefused() =>
        Snapshot.Matches(string.Join("\n", YamlSettings.Parse(string.Concat(Enumerable.Repeat("{a: ", 500)), "config.yaml").Mistakes));

    [Fact]
    public void Read_MissingFileOrFolder_IsAMistake()
    {
        using var folder = new TemporaryFolder();

        Snapshot.Matches(folder.Anonymous($"{YamlSettings.Read(folder.In("none.yaml")).Mistakes[0]}\n{YamlSettings.Read(folder.Path).Mistakes[0]}"));
    }

    [Fact]
    public void ToYaml_AnyRecord_ReadsBackToAnEqualOne() => AnySettings.ForCases(500, settings =>
    {
        var again = Bind(SettingsText.ToYaml(SampleSettings.Schema, settings));

        Assert.Equal(settings.Hidden, again.Hidden);
        Assert.Equal(settings.Tags, again.Tags);
        Assert.Equal(settings with { Hidden = again.Hidden, Tags = again.Tags }, again);
    });

    [Fact]
    public void Bind_AnyText_IsBoundOrRefusedAsAMistake()
    {
        var piece = Gen.OneOf("horizon", "objective", "hidden", ": ", ":", "\n", "\n  ", "\t", "- ", "[", "]", "{", "}", ",", "64", "0.3", "'", "\"", "&a", "*a", "|", ">", "!t", "#", "%YAML 1.9", "---", "...", "?", "\0", "\\x", "é", "@");
        piece.Array[0, 12].ForCases(20_000, pieces =>
        {
            try
            {
                Bind(string.Concat(pieces));
            }
            catch (UserMistakeException exception)
            {
                Assert.All(exception.Problems, problem => Assert.StartsWith("PIL01", problem, StringComparison.Ordinal));
            }
        });
    }

    private static Gen<SampleSettings> AnySettings
    {
        get
        {
            // Half a surrogate pair is no text, so no file can hold it.
            var text = Gen.OneOf(
                Gen.Char.Where(character => !char.IsSurrogate(character)).Array[0, 12].Select(characters => new string(characters)),
                Gen.String[Gen.Char[" #:-?{}[],&*!|>'\"%@`\\\n\t~nulltrue0.é\u2028\u0085\u0007"], 0, 12],
                Gen.OneOf("null", "~", "true", "no", "1", "0x1", "1e3", ".nan", "", "---", "a: b", "=", "<<", "2001-01-01"));
            return Gen.Select(
                Gen.Int[1, 500], Gen.Int[1, 8], Gen.Long[1, long.MaxValue], Gen.Float[1e-30f, 1f], Gen.Bool, Gen.OneOf("tanh", "relu"), text.Null(),
                Gen.Select(Gen.OneOf(Scale.Smoke, Scale.Laptop, Scale.Paper), Gen.Double[1e-300, 1e300].Nullable(), Gen.Int[1, 65_536].Array[0, 4], text.Array[0, 4], Gen.Double[0.1, 1.0]))
                .Select((factor, minibatches, steps, rate, normalise, activation, note, rest) => new SampleSettings
                {
                    Horizon = factor * minibatches,
                    Minibatches = minibatches,
                    Steps = steps,
                    LearningRate = rate,
                    Normalise = normalise,
                    Activation = activation,
                    Note = note,
                    Scale = rest.Item1,
                    MaximumNorm = rest.Item2,
                    Hidden = rest.Item3,
                    Tags = rest.Item4,
                    Objective = new() { ClipRadius = rest.Item5 },
                });
        }
    }

    private static SampleSettings Bind(string yaml) => SettingsBinder.Bind<SampleSettings>(SampleSettings.Schema, YamlSettings.Parse(yaml, "config.yaml"));
}
