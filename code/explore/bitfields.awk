# What readelf says of an object: is there a struct with bit-fields? Status 0: there
# is, or nobody knows, as the object tells of no types at all.
#
# FILE has one since glibc 2.41. It is the C library's, which changes it without
# hooks; so it does not count.

/^ *<[0-9a-f]+><[0-9a-f]+>: Abbrev/ {
    told = 1
    depth = $1
    gsub(/^<|>.*/, "", depth)
    depth = depth + 0
    name[depth] = ""
}
/DW_AT_name / { name[depth] = $NF }
/DW_AT_bit_size / && name[depth - 1] != "_IO_FILE" { found = 1 }

END { exit told && !found }
