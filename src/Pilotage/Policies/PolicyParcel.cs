using Pilotage.Environments;
using Pilotage.Tensors;

namespace Pilotage.Policies;

/// <summary>A policy as bytes, to be handed from process to process: the files of <see cref="PolicyFile"/> in one.</summary>
public static class PolicyParcel
{
    private static readonly string[] Names = [PolicyFile.DescriptionName, PolicyFile.WeightsName];

    /// <summary>Packs a policy.</summary>
    /// <param name="policy">Anything portable.</param>
    /// <param name="environment">Where it acts.</param>
    /// <returns>The bytes; the same for the same policy.</returns>
    /// <exception cref="UserMistakeException">The policy is of a kind that cannot be kept (PIL0601).</exception>
    /// <exception cref="RunFailedException">A weight is not finite, or the disk of temporary files is full.</exception>
    public static byte[] Pack(IPolicy policy, EnvironmentSpec environment)
    {
        var folder = Directory.CreateTempSubdirectory("pilotage-policy-").FullName;
        try
        {
            PolicyFile.Save(policy, environment, folder);
            using var bytes = new MemoryStream();
            using var writer = new BinaryWriter(bytes);
            foreach (var name in Names)
            {
                var content = File.ReadAllBytes(Path.Combine(folder, name));
                writer.Write(content.Length);
                writer.Write(content);
            }
            writer.Flush();
            return bytes.ToArray();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Unpacks a policy.</summary>
    /// <param name="parcel">From <see cref="Pack"/>.</param>
    /// <param name="environment">Where it is to act.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <returns>The policy as it was packed.</returns>
    /// <exception cref="InvalidDataException">The bytes are no parcel.</exception>
    /// <exception cref="UserMistakeException">It was made for another environment (PIL0609).</exception>
    public static IPortablePolicy Unpack(byte[] parcel, EnvironmentSpec environment, Device? device = null)
    {
        var folder = Directory.CreateTempSubdirectory("pilotage-policy-").FullName;
        try
        {
            using var reader = new BinaryReader(new MemoryStream(parcel));
            foreach (var name in Names)
            {
                var length = reader.ReadInt32();
                var content = length < 0 ? [] : reader.ReadBytes(length);
                if (content.Length != length) throw new InvalidDataException($"A policy of {parcel.Length} bytes is cut off in {name}.");
                File.WriteAllBytes(Path.Combine(folder, name), content);
            }
            return PolicyFile.Load(folder, environment, device);
        }
        catch (EndOfStreamException cut)
        {
            throw new InvalidDataException($"A policy of {parcel.Length} bytes is cut off.", cut);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
