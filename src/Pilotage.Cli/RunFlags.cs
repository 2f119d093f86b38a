using System.CommandLine;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Runs;
using Pilotage.Settings;

namespace Pilotage.Cli;

/// <summary>Settings, output folder and device, which every command that computes takes.</summary>
internal sealed class RunFlags
{
    public Option<string[]> Set { get; } = new("--set") { HelpName = "key=value", Description = "Change one setting; may be given many times.", Arity = ArgumentArity.OneOrMore };

    public Option<string?> Config { get; } = Options.Text("--config", "file", "Settings from a YAML file; --set wins over it.");

    public Option<string?> Out { get; } = Options.Text("--out", "folder", "The run folder itself. Without it, a new one in runs/.");

    public Option<string?> Seed { get; } = Options.Text("--seed", "N", "Root of all randomness; the same one gives the same bits. Without it, 0.");

    public Option<string?> Device { get; } = Options.Text("--device", "name", "Where to compute: cpu, torch or cuda; the last two with the Torch plug-in. Without it, cpu.");

    public Option<bool> CheckNumbers { get; } = new("--check-numbers") { Description = "Look for NaN and infinities after every tensor operation and name the first that makes one; slow." };

    public Option<bool> Json { get; } = Options.Json();

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { Set, Config, Seed, Out, Device, CheckNumbers, Json }) command.Options.Add(option);
    }

    /// <summary>Binds file and command line over defaults.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="given">Gathers the problems.</param>
    /// <param name="schema">Schema of the settings.</param>
    /// <param name="defaults">The record to start from.</param>
    /// <param name="extra">Settings that have options of their own; they win.</param>
    /// <returns>The record; <see langword="null"/> after a mistake.</returns>
    public object? Bind(ParseResult parse, Given given, SettingsSchema schema, object defaults, params IReadOnlyList<SettingSource> extra)
    {
        var sources = new List<SettingSource>();
        if (parse.GetValue(Config) is { } path) sources.Add(YamlSettings.Read(path));
        sources.Add(SettingSource.FromAssignments(parse.GetValue(Set) ?? []));
        sources.AddRange(extra);
        return given.Try(() => SettingsBinder.Bind(schema, defaults, sources));
    }

    /// <summary>Finds the device that was named; the managed one without a name.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="given">Gathers the problems.</param>
    /// <param name="devices">Where to look for it.</param>
    /// <param name="threads">Inside large operations of the managed device; has no effect on the others.</param>
    /// <returns>The device; the managed one after a mistake.</returns>
    public Tensors.Device FindDevice(ParseResult parse, Given given, DeviceCatalog devices, int threads = 1)
    {
        var device = given.Try(() => devices.Find(parse.GetValue(Device) ?? "cpu")) ?? Tensors.Device.Managed;
        if (device == Tensors.Device.Managed) device = Tensors.Device.Processor(threads);
        return parse.GetValue(CheckNumbers) ? device.WithNumberChecks() : device;
    }
}
