using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>What machines do on their own. All constants are assumptions: the survey gives none.</summary>
[Settings]
public sealed partial record ClusterRules : ISettingsRules
{
    /// <summary>Order of the tasks that wait at one machine.</summary>
    public QueueOrder QueueOrder { get; init; } = QueueOrder.Fifo;

    /// <summary>Whether a task that does not fit beside what runs holds up those that wait behind it at the same machine. Off: the first that fits begins, and large tasks wait longer.</summary>
    public bool HeadBlocks { get; init; }

    /// <summary>Whether a machine that is done with a task goes on with the next of the same stage by itself, as Spark's executors do.</summary>
    public bool KeepsStage { get; init; }

    /// <summary>Seconds that a machine needs before its first task of another job: fetching the program, starting its process.</summary>
    [Range(0.0, 1e6)]
    public double SwitchSeconds { get; init; }

    /// <summary>Bytes per second between two machines; a task waits for what its stage's parents left elsewhere.</summary>
    [Range(0.0, 1e15, MinimumIsExclusive = true)]
    public double BytesPerSecond { get; init; } = 125e6;

    /// <summary>Seconds without work after which a machine is switched off; null: machines are always on.</summary>
    [Range(0.0, 1e9)]
    public double? IdleSeconds { get; init; }

    /// <summary>Seconds from switching on until work can begin, at idle power; null: 30 where machines are switched off at all.</summary>
    [Range(0.0, 1e6)]
    public double? BootSeconds { get; init; }

    /// <summary>Whether machines are ever switched off.</summary>
    internal bool PowersDown => IdleSeconds is not null;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (BootSeconds is { } boot && !PowersDown)
            yield return string.Create(CultureInfo.InvariantCulture, $"bootSeconds = {boot} speaks of machines that are switched off, but without idleSeconds they are always on. Give idleSeconds, or leave bootSeconds out.");
    }
}
