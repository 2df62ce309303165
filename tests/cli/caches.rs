//! Tests the cache: its owner and permissions, and damaged caches.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};

use tests::{FreshCache, Lab, lesson};

use crate::Body;
use crate::answer::Answer;

pub(crate) const ANYWHERE: &[(&str, Body)] = &[("cache-of-others-is-refused", of_others)];

pub(crate) const IN_VM: &[(&str, Body)] = &[
    ("cache-with-zeroes-is-made-again", zeroed),
    ("cache-with-a-kernel-of-zeroes-says-so", zeroed_kernel),
    ("cache-that-is-read-only-is-named", read_only),
];

fn run(lab: Lab, cache: &Path) -> Result<Answer, String> {
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut command = lab.command();
    command
        .env("SCTP_LAB_CACHE", cache)
        .args(["run", "--engine=vm", "--quiet", "--out"])
        .arg(out.path())
        .arg(lesson("one-way-loss").path);
    Answer::of(&mut command)
}

fn of_others(lab: Lab) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let cache = folder.path().join("cache");
    let failed = |error: std::io::Error| error.to_string();
    fs::create_dir(&cache).map_err(failed)?;
    fs::set_permissions(&cache, Permissions::from_mode(0o777)).map_err(failed)?;
    let answer = run(lab, &cache)?.exits(3)?;
    let expected = format!(
        "{} cannot be the cache: every user may write there",
        cache.display()
    );
    assert!(answer.err.contains(&expected), "{answer:?}");
    assert!(
        answer
            .err
            .contains("help: export SCTP_LAB_CACHE=/some/folder"),
        "{answer:?}"
    );

    if fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0) {
        fs::set_permissions(&cache, Permissions::from_mode(0o700)).map_err(failed)?;
        chown(&cache, Some(65534), None).map_err(failed)?;
        let answer = run(lab, &cache)?.exits(3)?;
        assert!(
            answer.err.contains("it belongs to user 65534"),
            "{answer:?}"
        );
    }
    let file = folder.path().join("file");
    fs::write(&file, "").map_err(failed)?;
    run(lab, &file)?.exits(3)?;
    run(lab, &file.join("cache"))?.exits(3)?;
    assert_eq!(fs::read(&file).map_err(failed)?, b"");
    Ok(())
}

fn read_only(lab: Lab) -> Result<(), String> {
    let cache = FreshCache::new()?;
    let script = "mount --bind \"$1\" \"$1\" && mount -o remount,ro,bind \"$1\" && \
        SCTP_LAB_CACHE=\"$1\" exec \"$0\" run --engine=vm --out \"$2\" \"$3\"";
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut command = std::process::Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script, lab.0]);
    command.arg(cache.path()).arg(out.path());
    let answer = Answer::of(command.arg(lesson("one-way-loss").path))?.exits(3)?;
    assert!(answer.err.contains("Read-only file system"), "{answer:?}");
    assert!(
        answer
            .err
            .contains("help: make it writable, or name another folder"),
        "{answer:?}"
    );
    Ok(())
}

/// Replaces the bytes of a file by zeros, and sets its modification time back.
fn zero(path: &Path) -> Result<(), String> {
    let zero = || -> std::io::Result<()> {
        let file = File::options().write(true).open(path)?;
        let before = file.metadata()?;
        file.set_len(0)?;
        file.set_len(before.len())?;
        file.set_modified(before.modified()?)
    };
    zero().map_err(|error| format!("{}: {error}", path.display()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => files(&path),
            false => vec![path],
        })
        .collect()
}

fn zeroed(lab: Lab) -> Result<(), String> {
    let cache = FreshCache::new()?;
    run(lab, cache.path())?.exits(0)?;
    for shelf in ["machines", "loaded"] {
        let saved = files(&cache.path().join(shelf));
        let saved = saved.iter().filter(|path| path.extension().is_none());
        for file in saved.filter(|path| !path.ends_with("manifest.json")) {
            // The lab looks at a booted machine only where no machine with its program is
            // there.
            if shelf == "machines" {
                fs::remove_dir_all(cache.path().join("loaded")).map_err(|it| it.to_string())?;
            }
            zero(file)?;
            let answer = run(lab, cache.path())?.exits(0)?;
            // Damage that shows only in a resumed machine makes the lab drop the machine,
            // and boot again.
            let told = ["was changed or is from another build", "booting Linux"];
            let told = told.iter().any(|words| answer.err.contains(words));
            assert!(told, "{}: {answer:?}", file.display());
        }
        let everything = files(&cache.path().join(shelf));
        everything.iter().try_for_each(|file| zero(file))?;
        run(lab, cache.path())?.exits(0)?;
    }
    let notes = files(&cache.path().join("notes"));
    notes.iter().try_for_each(|file| zero(file))?;
    run(lab, cache.path())?.exits(0)?;
    Ok(())
}

/// The kernel is damaged, and no other can be fetched: the lab says what is wrong, and what
/// mends it.
fn zeroed_kernel(lab: Lab) -> Result<(), String> {
    let failed = |error: std::io::Error| error.to_string();
    let cache = FreshCache::new()?;
    let kernels = cache.path().join("kernels");
    let users = kernels.canonicalize().map_err(failed)?;
    fs::remove_file(&kernels).map_err(failed)?;
    let mut images = files(&users).into_iter();
    let image = images.find(|path| path.to_string_lossy().contains("boot/vmlinuz-"));
    let Some(image) = image else {
        return Ok(()); // the kernel is the system's own
    };
    let entry = kernels.join("linux-image-zeroed/boot");
    fs::create_dir_all(&entry).map_err(failed)?;
    let copy = entry.join("vmlinuz-zeroed");
    fs::copy(image, &copy).map_err(failed)?;
    zero(&copy)?;
    let bin = cache.path().join("bin");
    fs::create_dir(&bin).map_err(failed)?;
    let out = tempfile::tempdir().map_err(failed)?;
    let mut command = lab.command();
    let qemu = "/usr/bin/qemu-system-x86_64";
    if !Path::new(qemu).exists() || Path::new("/boot").read_dir().is_ok_and(|it| it.count() > 0) {
        return Ok(()); // nothing of that name, or a kernel that would be taken instead
    }
    std::os::unix::fs::symlink(qemu, bin.join("qemu-system-x86_64")).map_err(failed)?;
    command
        .env("SCTP_LAB_CACHE", cache.path())
        .env("PATH", &bin)
        .args(["run", "--engine=vm", "--quiet", "--out"])
        .arg(out.path())
        .arg(lesson("one-way-loss").path);
    let answer = Answer::of(&mut command)?.exits(3)?;
    assert!(
        answer.err.contains("no kernel with SCTP is there"),
        "{answer:?}"
    );
    Ok(())
}
