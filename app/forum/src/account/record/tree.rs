//! The Merkle tree over the entries, by the rules of RFC 6962 (section 2.1): leaves and nodes hash apart, and a tree of any size has one
//! root.

use sha2::{Digest as _, Sha256};

/// The SHA-256 of a leaf or of what lies below a node.
pub type Hash = [u8; 32];

/// The hash of a leaf.
pub fn leaf(data: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(data).finalize().into()
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// Where a tree of so many leaves, two at least, parts in two: at the largest power of two below.
fn split(leaves: usize) -> usize {
    leaves.next_power_of_two() / 2
}

/// The root over these hashes.
pub fn root(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => Sha256::digest([]).into(),
        [one] => *one,
        more => {
            let (left, right) = more.split_at(split(more.len()));
            node(&root(left), &root(right))
        }
    }
}

/// What has to be known besides a leaf to come to the root: the hash beside it, and so on up.
pub fn path(index: usize, hashes: &[Hash]) -> Vec<Hash> {
    if hashes.len() < 2 {
        return Vec::new();
    }
    let middle = split(hashes.len());
    let (left, right) = hashes.split_at(middle);
    let (mut path, beside) =
        if index < middle { (path(index, left), root(right)) } else { (path(index - middle, right), root(left)) };
    path.push(beside);
    path
}

/// A tree that grows, of which only the roots of its whole subtrees are kept.
#[derive(Debug, Clone, Default)]
pub(super) struct Growing {
    /// With how many leaves each has.
    whole: Vec<(u64, Hash)>,
}

impl Growing {
    pub(super) fn push(&mut self, leaf: Hash) {
        let (mut leaves, mut hash) = (1, leaf);
        while let Some((_, left)) = self.whole.pop_if(|(size, _)| *size == leaves) {
            (leaves, hash) = (leaves * 2, node(&left, &hash));
        }
        self.whole.push((leaves, hash));
    }

    pub(super) fn root(&self) -> Hash {
        let whole = self.whole.iter().rev().map(|(_, hash)| *hash);
        whole.reduce(|right, left| node(&left, &right)).unwrap_or_else(|| root(&[]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Leaves and roots that implementations of RFC 6962 test themselves with.
    const LEAVES: [&str; 8] = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    fn leaves(count: usize) -> Vec<Hash> {
        (0..count).map(|n| leaf(&n.to_be_bytes())).collect()
    }

    /// The root that follows from a leaf and its path (RFC 9162, section 2.1.3.2).
    fn follows(mut index: usize, size: usize, leaf: Hash, path: &[Hash]) -> Hash {
        let (mut last, mut hash) = (size - 1, leaf);
        for beside in path {
            if index % 2 == 1 || index == last {
                hash = node(beside, &hash);
                while index.is_multiple_of(2) && index > 0 {
                    (index, last) = (index / 2, last / 2);
                }
            } else {
                hash = node(&hash, beside);
            }
            (index, last) = (index / 2, last / 2);
        }
        assert_eq!(last, 0, "the path leads to the top");
        hash
    }

    #[test]
    fn roots_are_those_of_the_standard() {
        let hashes: Vec<Hash> = LEAVES.iter().map(|data| leaf(&hex::decode(data).unwrap())).collect();
        let mut growing = Growing::default();
        for (size, expected) in ROOTS.iter().enumerate() {
            assert_eq!(hex::encode(root(&hashes[..size])), *expected, "{size} leaves");
            assert_eq!(hex::encode(growing.root()), *expected, "{size} leaves, one by one");
            if let Some(hash) = hashes.get(size) {
                growing.push(*hash);
            }
        }
    }

    #[test]
    fn every_path_leads_to_the_root() {
        for size in 1..70 {
            let hashes = leaves(size);
            for (index, hash) in hashes.iter().enumerate() {
                let path = path(index, &hashes);
                assert_eq!(follows(index, size, *hash, &path), root(&hashes), "{index} of {size}");
                assert_ne!(follows(index, size, leaf(b"forged"), &path), root(&hashes));
            }
        }
    }

    #[test]
    fn a_tree_of_whole_tiles_is_the_same_tree() {
        for size in [256, 257, 511, 512, 513, 1300] {
            let hashes = leaves(size);
            let tiles: Vec<Hash> = hashes.chunks(256).map(root).collect();
            assert_eq!(root(&tiles), root(&hashes), "{size}");
            for index in [0, 1, 255, size / 2, size - 1] {
                let tile = index / 256;
                let within = hashes.chunks(256).nth(tile).unwrap();
                let both = [path(index % 256, within), path(tile, &tiles)].concat();
                assert_eq!(both, path(index, &hashes), "{index} of {size}");
            }
        }
    }
}
