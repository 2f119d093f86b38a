namespace Pilotage.Testing;

/// <summary>A file on a disk with little space left.</summary>
/// <param name="path">The file.</param>
/// <param name="capacity">Bytes that fit.</param>
/// <param name="isSilent">Whether what does not fit is lost without a word, as by a broken network share, and not with an exception.</param>
public sealed class FullDisk(string path, long capacity, bool isSilent) : MemoryStream
{
    private bool _isClosed;

    // The overload for spans ends here too: a memory stream sends it through this one once it is derived from.
    public override void Write(byte[] buffer, int offset, int count)
    {
        var fitting = (int)Math.Min(count, capacity - Length);
        base.Write(buffer, offset, fitting);
        if (fitting < count && !isSilent) throw new IOException("No space left on device");
    }

    protected override void Dispose(bool disposing)
    {
        if (!_isClosed) File.WriteAllBytes(path, ToArray());
        _isClosed = true;
        base.Dispose(disposing);
    }
}
