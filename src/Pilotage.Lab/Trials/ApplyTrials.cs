using Pilotage.Evaluation;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Runs;
using Pilotage.Systems;

namespace Pilotage.Lab.Trials;

/// <summary>Parts of applications to users' own problems, from the text of their <c>config.yaml</c>: the arm is a part's name, the seed its place.</summary>
/// <param name="systems">The systems of this build.</param>
/// <param name="devices">Where tensors may be computed.</param>
/// <remarks>The application runs here up to its parts, writes into a folder that is gone afterwards, and is left with the part that was asked for. May be called from several threads.</remarks>
public sealed class ApplyTrials(IReadOnlyList<ISystem> systems, DeviceCatalog devices) : ITrialProgram
{
    /// <summary><see cref="Kind"/>.</summary>
    public const string Name = "apply";

    /// <inheritdoc/>
    public string Kind => Name;

    /// <inheritdoc/>
    public FinishedTrial Run(string text, string arm, int seed, CancellationToken cancellation)
    {
        var configuration = RunConfiguration.Parse(text, header => SystemTrials.Find(systems, header).Settings);
        var header = configuration.Header;
        var folder = Directory.CreateTempSubdirectory("pilotage-part-").FullName;
        var (start, only) = (TimeProvider.System.GetTimestamp(), new OnlyPart(arm, seed));
        try
        {
            SystemTrials.Find(systems, header).Apply(new(configuration.Settings, header.Inputs, header.Seed, folder) { Device = devices.Find(header.Device), Parts = only }, progress: null, cancellation);
        }
        catch (OnlyPart.ComputedException)
        {
            return new([], TimeProvider.System.GetElapsedTime(start).TotalSeconds) { Content = only.Content };
        }
        catch (OnlyPart.MissingException)
        {
            // Told below, as of an application that has no parts at all.
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        throw new UserMistakeException(new Mistake("PIL0216", $"{header.Name} has no part '{arm}' at place {seed}.", "", "The one who asked runs another version of this program, or sees other input files: use the same everywhere.").ToString());
    }

    private sealed class OnlyPart(string name, int place) : IApplyParts
    {
        public byte[] Content { get; private set; } = [];

        public IReadOnlyList<byte[]> Compute(IReadOnlyList<ApplyPart> parts, Action<int> ended, CancellationToken cancellation)
        {
            if (place >= parts.Count || parts[place].Name != name) throw new MissingException();
            Content = parts[place].Compute(cancellation);
            cancellation.ThrowIfCancellationRequested();
            throw new ComputedException();
        }

        /// <summary>Leaves the application: what comes after its parts is the asker's.</summary>
        public sealed class ComputedException : Exception;

        /// <summary>Leaves it without one.</summary>
        public sealed class MissingException : Exception;
    }
}
