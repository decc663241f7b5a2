;; Means of boxes of factor x factor bytes: sums of `factor` lines first, 16 columns at a time, then of their columns.
(module
  (memory (export "memory") 1)

  ;; factor from 1 to 64; rows and columns of what comes out, each at least 1. `sums` has room for 2 bytes a column of
  ;; the source and 32 more; up to 15 bytes behind the last line are read.
  (func (export "boxMeans")
    (param $source i32) (param $stride i32) (param $factor i32) (param $columns i32) (param $rows i32)
    (param $sums i32) (param $into i32)
    (local $area i32) (local $half i32) (local $reciprocal i64) (local $isEven i32) (local $width i32)
    (local $x i32) (local $at i32) (local $left i32) (local $column i32) (local $sum i32)
    (local $pixels v128) (local $low v128) (local $high v128)
    (local.set $area (i32.mul (local.get $factor) (local.get $factor)))
    (local.set $half (i32.shr_u (local.get $area) (i32.const 1)))
    ;; (sum * ceil(2^32 / area)) >> 32 is the whole quotient as long as sum * area < 2^32.
    (local.set $reciprocal
      (i64.add (i64.div_u (i64.const 0xffffffff) (i64.extend_i32_u (local.get $area))) (i64.const 1)))
    (local.set $isEven (i32.eqz (i32.and (local.get $factor) (i32.const 1))))
    (local.set $width (i32.mul (local.get $columns) (local.get $factor)))
    (loop $row
      (local.set $x (i32.const 0))
      (loop $chunk
        (local.set $at (i32.add (local.get $source) (local.get $x)))
        (local.set $left (local.get $factor))
        (local.set $low (v128.const i64x2 0 0))
        (local.set $high (v128.const i64x2 0 0))
        (if (local.get $isEven)
          ;; No box ends between two neighbours: 8 sums of pairs.
          (then
            (loop $line
              (local.set $low
                (i16x8.add (local.get $low) (i16x8.extadd_pairwise_i8x16_u (v128.load (local.get $at)))))
              (local.set $at (i32.add (local.get $at) (local.get $stride)))
              (br_if $line (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
            (v128.store (i32.add (local.get $sums) (local.get $x)) (local.get $low)))
          (else
            (loop $line
              (local.set $pixels (v128.load (local.get $at)))
              (local.set $low
                (i16x8.add (local.get $low) (i16x8.extend_low_i8x16_u (local.get $pixels))))
              (local.set $high
                (i16x8.add (local.get $high) (i16x8.extend_high_i8x16_u (local.get $pixels))))
              (local.set $at (i32.add (local.get $at) (local.get $stride)))
              (br_if $line (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
            (local.set $at (i32.add (local.get $sums) (i32.shl (local.get $x) (i32.const 1))))
            (v128.store (local.get $at) (local.get $low))
            (v128.store offset=16 (local.get $at) (local.get $high))))
        (local.set $x (i32.add (local.get $x) (i32.const 16)))
        (br_if $chunk (i32.lt_u (local.get $x) (local.get $width))))
      (local.set $at (local.get $sums))
      (local.set $column (local.get $columns))
      (loop $mean
        (local.set $sum (local.get $half))
        (local.set $left (i32.shr_u (local.get $factor) (local.get $isEven)))
        (loop $part
          (local.set $sum (i32.add (local.get $sum) (i32.load16_u (local.get $at))))
          (local.set $at (i32.add (local.get $at) (i32.const 2)))
          (br_if $part (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
        (i32.store8 (local.get $into)
          (i32.wrap_i64
            (i64.shr_u
              (i64.mul (i64.extend_i32_u (local.get $sum)) (local.get $reciprocal))
              (i64.const 32))))
        (local.set $into (i32.add (local.get $into) (i32.const 1)))
        (br_if $mean (local.tee $column (i32.sub (local.get $column) (i32.const 1)))))
      (local.set $source (i32.add (local.get $source) (i32.mul (local.get $stride) (local.get $factor))))
      (br_if $row (local.tee $rows (i32.sub (local.get $rows) (i32.const 1)))))))
